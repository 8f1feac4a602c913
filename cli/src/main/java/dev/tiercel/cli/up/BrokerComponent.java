package dev.tiercel.cli.up;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.broker.PortTakenException;
import dev.tiercel.cli.output.Console;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// The embedded broker, with all topics created.
final class BrokerComponent implements Component {
    static final int DEFAULT_PORT = 9092;

    private final Path directory;
    private final OptionalInt wantedPort;
    private final Console console;
    private @Nullable EmbeddedBroker broker;

    /// @param wantedPort required port; empty: 9092, or any free port
    BrokerComponent(Path directory, OptionalInt wantedPort, Console console) {
        this.directory = directory;
        this.wantedPort = wantedPort;
        this.console = console;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public void start() {
        broker = open();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            Topics.create(admin, 1).mismatches().forEach(console::print);
        }
    }

    private EmbeddedBroker open() {
        if (wantedPort.isPresent()) return EmbeddedBroker.start(directory, wantedPort.getAsInt());
        try {
            return EmbeddedBroker.start(directory, DEFAULT_PORT);
        } catch (PortTakenException taken) {
            EmbeddedBroker elsewhere = EmbeddedBroker.start(directory, 0);
            console.print(taken.getMessage() + "; Kafka listens on " + elsewhere.bootstrapServers() + " instead");
            return elsewhere;
        }
    }

    /// `127.0.0.1:9092`, once started.
    String bootstrapServers() {
        EmbeddedBroker running = broker;
        if (running == null) throw new IllegalStateException("the broker is not started");
        return running.bootstrapServers();
    }

    @Override
    public Health check() {
        return broker == null ? Health.failing("not started") : Health.ok(bootstrapServers());
    }

    @Override
    public void close() {
        EmbeddedBroker running = broker;
        broker = null;
        if (running != null) running.close();
    }
}
