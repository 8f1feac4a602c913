package dev.tiercel.cli.up;

import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.broker.PortTakenException;
import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.access.RoleRights;
import dev.tiercel.cli.output.Console;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// The embedded broker, with the rights of each [Role] unless anyone may do anything.
final class BrokerComponent implements Component {
    static final int DEFAULT_PORT = 9092;

    private final Path directory;
    private final OptionalInt wantedPort;
    private final BrokerAccess access;
    private final Role.Scope rights;
    private final Console console;
    private @Nullable EmbeddedBroker broker;

    /// @param wantedPort required port; empty: 9092, or any free port
    /// @param rights what each role may do
    BrokerComponent(Path directory, OptionalInt wantedPort, BrokerAccess access, Role.Scope rights, Console console) {
        this.directory = directory;
        this.wantedPort = wantedPort;
        this.access = access;
        this.rights = rights;
        this.console = console;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public void start() {
        broker = open();
        if (access.equals(BrokerAccess.anyone())) return;
        try (Admin admin = Admin.create(Map.copyOf(clientSettings(Role.OWNER)))) {
            RoleRights.apply(admin, rights);
        }
    }

    private EmbeddedBroker open() {
        if (wantedPort.isPresent()) return EmbeddedBroker.start(directory, wantedPort.getAsInt(), access);
        try {
            return EmbeddedBroker.start(directory, DEFAULT_PORT, access);
        } catch (PortTakenException taken) {
            EmbeddedBroker elsewhere = EmbeddedBroker.start(directory, 0, access);
            console.print(taken.getMessage() + "; Kafka listens on " + elsewhere.bootstrapServers() + " instead");
            return elsewhere;
        }
    }

    /// `127.0.0.1:9092`, once started.
    String bootstrapServers() {
        return started().bootstrapServers();
    }

    /// Settings of a Kafka client, once started: address, user and password.
    Map<String, String> clientSettings(Role role) {
        return started().clientSettings(role.user());
    }

    private EmbeddedBroker started() {
        EmbeddedBroker running = broker;
        if (running == null) throw new IllegalStateException("the broker is not started");
        return running;
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
