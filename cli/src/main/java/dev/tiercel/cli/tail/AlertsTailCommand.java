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
        AlertFilter.Chosen chosen = filter.chosen();
        return tail.run(Topics.ALERTS_JSON.name(), (record, left) -> print(chosen, record));
    }

    private long print(AlertFilter.Chosen chosen, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) return 0;
        try {
            if (!chosen.accepts(record.value())) return 0;
            spec.commandLine().getOut().println(print.alertLine().of(record.value()));
            return 1;
        } catch (IllegalArgumentException bad) {
            tail.skip(record, bad);
            return 0;
        }
    }
}
