package dev.tiercel.benchmarks.live;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    /// Publishes rules that detectors of it run; returns their version.
    ///
    /// @throws IllegalStateException if they are refused, or are those that are published
    String publish(List<RuleFile> files) {
        try (RulePublisher publisher = new RulePublisher(
                Map.of("bootstrap.servers", bootstrapServers()), schemas, CompileOptions.defaults(), "benchmark")) {
            return switch (publisher.publish(files)) {
                case RulePublisher.Outcome.Published published -> published.version();
                case RulePublisher.Outcome other -> throw new IllegalStateException(other.toString());
            };
        }
    }

    @Override
    public void close() {
        server.close();
        schemas.close();
        broker.close();
    }
}
