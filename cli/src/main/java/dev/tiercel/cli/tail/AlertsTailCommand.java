package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.schemas.Topics;
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
            "Print the alerts of topic alerts.json as they come, in Falco's text format or as Falco's JSON.",
            "Leaves no trace on the broker; any number may run."
        })
final class AlertsTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        return tail.run(Topics.ALERTS_JSON.name(), (record, left) -> print(record));
    }

    private long print(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) return 0;
        try {
            spec.commandLine().getOut().println(print.alertLine().of(record.value()));
            return 1;
        } catch (IllegalArgumentException bad) {
            tail.skip(record, bad);
            return 0;
        }
    }
}
