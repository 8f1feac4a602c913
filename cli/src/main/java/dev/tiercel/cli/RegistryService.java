package dev.tiercel.cli;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.registry.RegistryServerConfig;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schema registry on topic `_schemas`, and its REST API.
final class RegistryService implements Component {
    private final Map<String, String> kafka;
    private final RegistryServerConfig config;
    private @Nullable EmbeddedRegistry registry;
    private @Nullable RegistryServer server;

    RegistryService(Map<String, String> kafka, RegistryServerConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    @Override
    public String name() {
        return "registry";
    }

    /// @throws EnvironmentException if it cannot listen
    @Override
    public void start() {
        EmbeddedRegistry opened = EmbeddedRegistry.open(kafka);
        registry = opened;
        try {
            server = RegistryServer.start(opened, config.host(), config.port(), config.required());
        } catch (IOException failure) {
            throw new EnvironmentException(
                    "cannot listen on %s, port %d: %s; schemas.host and schemas.port say where"
                            .formatted(config.host(), config.port(), PlainCause.of(failure)),
                    failure);
        }
    }

    @Override
    public Health check() {
        RegistryServer running = server;
        return running == null ? Health.failing("not started") : running.check();
    }

    @Override
    public void close() {
        RegistryServer running = server;
        server = null;
        if (running != null) running.close();
        EmbeddedRegistry opened = registry;
        registry = null;
        if (opened != null) opened.close();
    }
}
