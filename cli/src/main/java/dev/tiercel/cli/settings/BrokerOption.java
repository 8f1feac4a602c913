package dev.tiercel.cli.settings;

import dev.tiercel.service.Settings;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which Kafka cluster a command talks to.
public final class BrokerOption {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,…",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka brokers to ask first (default: ${DEFAULT-VALUE}, where `up` listens).")
    private String bootstrapServers = "";

    /// Settings in which `kafka.bootstrap.servers` has a value: --bootstrap, unless they name others.
    public Settings settings(SettingsOptions options, String... foreign) {
        boolean named = options.read(Map.of(), "").kafka().containsKey("bootstrap.servers");
        return options.read(named ? Map.of() : Map.of("kafka.bootstrap.servers", bootstrapServers), foreign);
    }
}
