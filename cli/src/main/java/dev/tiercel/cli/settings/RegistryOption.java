package dev.tiercel.cli.settings;

import dev.tiercel.registry.RegistrySettings;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.service.Settings;
import java.net.URI;
import picocli.CommandLine.Option;

/// Which schema registry a command talks to.
public final class RegistryOption {
    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "Schema registry with Confluent's REST API (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8081");

    /// How to reach it: `registry.*`, and the URL unless those name others.
    public RestRegistryConfig config(Settings settings) {
        return RegistrySettings.from(settings, url);
    }
}
