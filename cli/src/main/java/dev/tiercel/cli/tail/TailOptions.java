package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.service.Settings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What the commands that print a topic share: where it is, where a tail begins and ends, and the run.
final class TailOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(names = "--from-beginning", description = "Start with what is there already, not only with what comes.")
    private boolean fromBeginning;

    @Option(names = "--no-follow", description = "End with the last one that is there now.")
    private boolean noFollow;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "0",
            description = "End after N.")
    private long count;

    boolean fromBeginning() {
        return fromBeginning;
    }

    boolean follow() {
        return !noFollow;
    }

    /// How many at most.
    long limit() {
        return count > 0 ? count : Long.MAX_VALUE;
    }

    /// Prints records of `topic` as they come, until a signal or what the options say.
    ///
    /// @return the exit code
    /// @throws dev.tiercel.cli.output.EnvironmentException if the brokers do not answer or have no such topic
    int run(String topic, TopicTail.Printer printer) {
        Settings read = broker.settings(settings, "collector.", "detector.", "health.", "registry.");
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        try (TopicTail records = TopicTail.open(topic, kafka, this);
                StopRequest stop = StopRequest.onSignals()) {
            records.run(printer, stop);
        }
        return ExitCode.DONE.number();
    }

    /// Reports a record that cannot be printed.
    void skip(ConsumerRecord<byte[], byte[]> record, RuntimeException bad) {
        new Console(command.commandLine().getErr())
                .print(record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + bad.getMessage());
    }
}
