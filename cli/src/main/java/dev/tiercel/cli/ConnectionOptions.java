package dev.tiercel.cli;

import dev.tiercel.schemas.RestRegistryConfig;
import dev.tiercel.service.Settings;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which Kafka cluster and schema registry a command talks to.
final class ConnectionOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,…",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka brokers to ask first (default: ${DEFAULT-VALUE}, where `up` listens).")
    private String bootstrapServers = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "Schema registry with Confluent's REST API (default: ${DEFAULT-VALUE}).")
    private URI registry = URI.create("http://127.0.0.1:8081");

    /// Settings in which `kafka.bootstrap.servers` has a value: --bootstrap, unless they name others.
    Settings settings(SettingsOptions options, String... foreign) {
        boolean named = options.read(Map.of(), "").kafka().containsKey("bootstrap.servers");
        return options.read(named ? Map.of() : Map.of("kafka.bootstrap.servers", bootstrapServers), foreign);
    }

    /// How to reach the registry: `registry.*`, and the URL unless those name others.
    RestRegistryConfig registry(Settings settings) {
        return RegistrySettings.from(settings, registry);
    }
}
