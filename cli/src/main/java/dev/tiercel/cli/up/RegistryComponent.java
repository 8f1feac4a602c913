package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
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
    static final int DEFAULT_PORT = 8081;

    private final Map<String, ?> kafka;
    private final OptionalInt wantedPort;
    private final RegistryCredentials required;
    private final Console console;
    private @Nullable EmbeddedRegistry registry;
    private @Nullable RegistryServer server;

    /// @param wantedPort required port; empty: 8081, or any free port
    /// @param required what each request to the REST API must carry
    RegistryComponent(Map<String, ?> kafka, OptionalInt wantedPort, RegistryCredentials required, Console console) {
        this.kafka = kafka;
        this.wantedPort = wantedPort;
        this.required = required;
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
        int port = wantedPort.orElse(DEFAULT_PORT);
        try {
            return RegistryServer.start(opened, port, required);
        } catch (IOException taken) {
            if (wantedPort.isPresent()) {
                throw new EnvironmentException(
                        "cannot listen on port " + port + ": " + taken.getMessage()
                                + "; choose another with --registry-port",
                        taken);
            }
            return serveOnAnyPort(opened);
        }
    }

    private RegistryServer serveOnAnyPort(SchemaRegistry opened) {
        try {
            RegistryServer elsewhere = RegistryServer.start(opened, 0, required);
            console.print("port " + DEFAULT_PORT + " on 127.0.0.1 is taken by another process; the schema registry"
                    + " listens on " + elsewhere.uri() + " instead");
            return elsewhere;
        } catch (IOException e) {
            throw new EnvironmentException("no free port for the schema registry on 127.0.0.1: " + e.getMessage(), e);
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
