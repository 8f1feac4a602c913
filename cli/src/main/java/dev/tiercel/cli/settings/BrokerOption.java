package dev.tiercel.cli.settings;

import dev.tiercel.service.Settings;
import java.util.Map;
import picocli.CommandLine.Option;

/// The Kafka cluster that a command connects to.
public final class BrokerOption {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,…",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka bootstrap servers (default: ${DEFAULT-VALUE}, where `up` listens).")
    private String bootstrapServers = "";

    /// The settings, in which `kafka.bootstrap.servers` defaults to `--bootstrap`.
    public Settings settings(SettingsOptions options, String... foreign) {
        boolean named = options.read(Map.of(), "").kafka().containsKey("bootstrap.servers");
        return options.read(named ? Map.of() : Map.of("kafka.bootstrap.servers", bootstrapServers), foreign);
    }
}
