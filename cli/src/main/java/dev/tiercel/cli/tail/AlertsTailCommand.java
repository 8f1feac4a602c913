package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.sinks.AlertPrinter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints alerts from a broker.
@Command(
        name = "tail",
        description = {
            "Print alerts from topic alerts.json as they arrive, in Falco's text format or as Falco's JSON.",
            "Example: tiercel alerts tail --priority warning --filter 'proc.name = cat' --since 1h",
            "Commits no offsets and joins no consumer group; any number can run at once."
        })
final class AlertsTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Mixin
    private AlertFilter filter = new AlertFilter();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        AlertPrinter printer = new AlertPrinter(print.alertLine(), out::println);
        int exitCode = tail.run(Topics.ALERTS_JSON.name(), new ChosenAlerts(filter.chosen(), printer, tail));
        printer.end();
        return exitCode;
    }

    /// Prints the alerts that the options chose.
    private record ChosenAlerts(AlertFilter.Chosen chosen, AlertPrinter printer, TailOptions tail)
            implements TopicTail.Printer {
        @Override
        public long print(ConsumerRecord<byte[], byte[]> record, long left) {
            if (record.value() == null) return 0;
            try {
                return chosen.accepts(record.value()) && printer.print(record.value()) ? 1 : 0;
            } catch (IllegalArgumentException bad) {
                tail.skip(record, bad);
                return 0;
            }
        }

        @Override
        public void pause() {
            printer.pause();
        }
    }
}
