package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.cli.output.Talk;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import java.io.PrintWriter;
import java.util.Map;
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
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private TailOptions tail = new TailOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "collector.", "detector.", "health.", "registry.");
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        PrintWriter out = spec.commandLine().getOut();
        try (TopicTail records = TopicTail.open(Topics.ALERTS_JSON.name(), kafka, tail);
                StopRequest stop = StopRequest.onSignals()) {
            records.run((record, left) -> print(record, out), stop);
        }
        return ExitCode.DONE.number();
    }

    private long print(ConsumerRecord<byte[], byte[]> record, PrintWriter out) {
        if (record.value() == null) return 0;
        try {
            out.println(print.alertLine().of(record.value()));
            out.flush();
            return 1;
        } catch (IllegalArgumentException bad) {
            String place = record.topic() + "-" + record.partition() + "@" + record.offset();
            new Talk(spec.commandLine().getErr()).say(place + ": " + bad.getMessage());
            return 0;
        }
    }
}
