package dev.tiercel.benchmarks.live;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/// Broker and schema registry for a collector or detectors in other processes, in this one.
record BrokerForCollect(EmbeddedBroker broker, EmbeddedRegistry schemas, RegistryServer server)
        implements AutoCloseable {
    /// Starts both on free ports, with the broker's data in `folder`.
    static BrokerForCollect start(Path folder) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            Topics.create(admin, 1);
        }
        EmbeddedRegistry schemas = EmbeddedRegistry.open(client);
        return new BrokerForCollect(
                broker, schemas, RegistryServer.start(schemas, 0, new RegistryCredentials.Anonymous()));
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /// URL of the registry.
    String registry() {
        return server.uri().toString();
    }

    @Override
    public void close() {
        server.close();
        schemas.close();
        broker.close();
    }
}
