package dev.tiercel.cli.up;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.SettingsOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `up` is asked for.
final class UpOptions {
    static final int KAFKA_PORT = 9092;
    static final int REGISTRY_PORT = 8081;

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Kafka's port on 127.0.0.1; 0: any free one (default: 9092, or a free one if that is taken).")
    private @Nullable Integer port;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            description = "The schema registry's port on 127.0.0.1; 0: any free one (default: 8081, or a free one).")
    private @Nullable Integer registryPort;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Take events from a recording (`record`) in place of the kernel; needs no privileges.")
    private @Nullable Path recording;

    @Option(
            names = "--exit",
            description = "With --replay: stop when every event is judged and its alerts are printed.")
    private boolean exit;

    DataDirectory data() {
        return data;
    }

    /// All decisions.
    ///
    /// @throws dev.tiercel.service.SettingsException naming every setting that is wrong
    UpPlan plan(Path directory) {
        return UpPlan.of(settings, directory, rules.sources(), where());
    }

    private UpPlan.Where where() {
        return new UpPlan.Where(
                optional(port), optional(registryPort), Optional.ofNullable(recording), print.alertLine());
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    boolean exit() {
        return exit;
    }
}
