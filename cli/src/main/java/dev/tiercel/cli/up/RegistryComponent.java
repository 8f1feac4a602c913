package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.registry.RegistryServerConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The schema registry on topic `_schemas`, and its REST API for other programs.
public final class RegistryComponent implements Component {
    static final int DEFAULT_PORT = 8081;

    private final Map<String, ?> kafka;
    private final Function<SchemaRegistry, RegistryServer> serve;
    private @Nullable EmbeddedRegistry registry;
    private @Nullable RegistryServer server;

    private RegistryComponent(Map<String, ?> kafka, Function<SchemaRegistry, RegistryServer> serve) {
        this.kafka = kafka;
        this.serve = serve;
    }

    /// For other programs on this machine.
    ///
    /// @param wantedPort required port; empty: 8081, or any free port
    /// @param required what each request to the REST API must carry
    static RegistryComponent onLoopback(
            Map<String, ?> kafka, OptionalInt wantedPort, RegistryCredentials required, Console console) {
        return new RegistryComponent(kafka, opened -> serve(opened, wantedPort, required, console));
    }

    /// Where `config` says.
    ///
    /// @param kafka settings of the Kafka clients
    public static RegistryComponent at(Map<String, ?> kafka, RegistryServerConfig config) {
        return new RegistryComponent(kafka, opened -> serve(opened, config));
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public void start() {
        EmbeddedRegistry opened = EmbeddedRegistry.open(kafka);
        registry = opened;
        server = serve.apply(opened);
    }

    private static RegistryServer serve(SchemaRegistry opened, RegistryServerConfig config) {
        try {
            return RegistryServer.start(opened, config);
        } catch (IOException failure) {
            throw new EnvironmentException(
                    "cannot listen on %s, port %d: %s; schemas.host and schemas.port say where"
                            .formatted(config.host(), config.port(), PlainCause.of(failure)),
                    failure);
        }
    }

    private static RegistryServer serve(
            SchemaRegistry opened, OptionalInt wantedPort, RegistryCredentials required, Console console) {
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
            return serveOnAnyPort(opened, required, console);
        }
    }

    private static RegistryServer serveOnAnyPort(SchemaRegistry opened, RegistryCredentials required, Console console) {
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
