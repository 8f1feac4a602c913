package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Prints events from a broker.
@Command(
        name = "tail",
        description = {
            "Print the events of topic events.syscall as they come; filter and format are in the rule language.",
            "Example: tiercel events tail --filter 'evt.type = openat and fd.name startswith /etc'"
        })
final class EventsTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            defaultValue = "evt.type exists",
            description = "Only events for which this condition holds (default: ${DEFAULT-VALUE}).")
    private String filter = "";

    @Option(
            names = "--format",
            paramLabel = "OUTPUT",
            defaultValue = "%evt.time %proc.name (%proc.pid) %evt.type %evt.args",
            description = "What to print of each (default: ${DEFAULT-VALUE}).")
    private String format = "";

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        EventPrinter printer = printer();
        return tail.run(Topics.EVENTS_SYSCALL.name(), (record, left) -> print(printer, record, left));
    }

    private EventPrinter printer() {
        try {
            return EventPrinter.of(filter, format, print.json());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--filter or --format: " + e.getMessage(), e);
        }
    }

    private long print(EventPrinter printer, ConsumerRecord<byte[], byte[]> record, long left) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<String> lines = printer.print(record.value());
            long printed = Math.min(left, lines.size());
            lines.stream().limit(printed).forEach(out::println);
            out.flush();
            return printed;
        } catch (BadRecordException bad) {
            tail.skip(record, bad);
            return 0;
        }
    }
}
