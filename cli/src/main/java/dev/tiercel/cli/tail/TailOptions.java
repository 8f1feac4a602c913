package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.service.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Options and run loop shared by the commands that print a topic.
final class TailOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(names = "--from-beginning", description = "Start with the oldest record, not with the next one.")
    private boolean fromBeginning;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Since.class,
            description =
                    "Start with records of this time: 10m, 2h or 7d ago, 2026-11-26T10:00:00Z (UTC), 2026-11-26T10:00"
                            + " or 2026-11-26 (local).")
    private @Nullable Instant since;

    @Option(names = "--no-follow", description = "Exit after the last record present at start.")
    private boolean noFollow;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "0",
            description = "Exit after N lines.")
    private long count;

    boolean fromBeginning() {
        return fromBeginning;
    }

    /// Where to start by time, if that is asked for.
    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    boolean follow() {
        return !noFollow;
    }

    /// Maximum number of lines.
    long limit() {
        return count > 0 ? count : Long.MAX_VALUE;
    }

    /// The settings of the brokers, and of the schema registry for those who ask.
    Settings settings() {
        return broker.settings(settings, "health.");
    }

    /// As the other `run`, for a topic that needs no schema registry.
    int run(String topic, TopicTail.Printer printer) {
        Settings read = settings();
        read.foreign("registry.");
        return run(topic, read, printer);
    }

    /// Prints records of `topic` as they arrive, until a signal or a limit set by the options.
    ///
    /// @return the exit code
    /// @throws dev.tiercel.cli.output.EnvironmentException if the brokers do not respond or the topic
    ///     does not exist
    int run(String topic, Settings read, TopicTail.Printer printer) {
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        try (TopicTail records = TopicTail.open(topic, kafka, this);
                StopRequest stop = StopRequest.onSignals()) {
            records.run(printer, stop);
        }
        return ExitCode.SUCCESS.number();
    }

    /// Whether nobody reads what is printed; flushes first.
    boolean outputIsClosed() {
        return command.commandLine().getOut().checkError();
    }

    /// Reports a record that cannot be printed.
    void skip(ConsumerRecord<byte[], byte[]> record, RuntimeException bad) {
        new Console(command.commandLine().getErr())
                .print(record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + bad.getMessage());
    }
}
