package dev.tiercel.cli.up;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.Console;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The schema registry on topic `_schemas`, and its REST API for other programs on this machine.
final class RegistryComponent implements Component {
    static final int USUAL_PORT = 8081;

    private final Map<String, ?> kafka;
    private final OptionalInt wantedPort;
    private final Console console;
    private @Nullable EmbeddedRegistry registry;
    private @Nullable RegistryServer server;

    /// @param wantedPort must be this one; empty: 8081, or any free one
    RegistryComponent(Map<String, ?> kafka, OptionalInt wantedPort, Console console) {
        this.kafka = kafka;
        this.wantedPort = wantedPort;
        this.console = console;
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public void start() {
        EmbeddedRegistry opened = EmbeddedRegistry.open(kafka);
        registry = opened;
        server = serve(opened);
    }

    private RegistryServer serve(SchemaRegistry opened) {
        int port = wantedPort.orElse(USUAL_PORT);
        try {
            return RegistryServer.start(opened, port);
        } catch (IOException taken) {
            if (wantedPort.isPresent()) {
                throw new EnvironmentException("port " + port + " (--registry-port): " + taken.getMessage(), taken);
            }
            return serveAnywhere(opened);
        }
    }

    private RegistryServer serveAnywhere(SchemaRegistry opened) {
        try {
            RegistryServer elsewhere = RegistryServer.start(opened, 0);
            console.print(
                    "port " + USUAL_PORT + " on 127.0.0.1 is taken by another process; the schema registry"
                            + " listens on " + elsewhere.uri() + " instead");
            return elsewhere;
        } catch (IOException e) {
            throw new EnvironmentException("no port for the schema registry: " + e.getMessage(), e);
        }
    }

    /// The registry, once started.
    SchemaRegistry registry() {
        EmbeddedRegistry opened = registry;
        if (opened == null) throw new IllegalStateException("the registry is not started");
        return opened;
    }

    /// Where the REST API listens, once started.
    URI uri() {
        RegistryServer running = server;
        if (running == null) throw new IllegalStateException("the registry is not started");
        return running.uri();
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
