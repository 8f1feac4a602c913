package dev.tiercel.enricher.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.gcp.GcpAuditFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A subscription to a sink of Cloud Logging.
class PubSubContractTest extends SourceContract {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    @Override
    protected Origin origin(String name) throws IOException {
        return new Subscribed(name, new FakePubSub(DEADLINE));
    }

    /// Subscriptions do not keep an order.
    @Override
    protected boolean isOrdered() {
        return false;
    }

    @SuppressWarnings("try")
    private record Subscribed(String name, FakePubSub server) implements Origin {
        @Override
        public Source source(Publisher publisher) {
            return PubSubSources.of(
                    "gcp-audit=" + name, FakePubSub.NAME, new GcpAuditFormat(), server.config(), publisher, DEADLINE);
        }

        @Override
        public void add(List<String> ids, int length) {
            ids.forEach(id -> server.publish(entry(id, length)));
        }

        private static byte[] entry(String id, int length) {
            return """
                    {"insertId":"%s","logName":"projects/p-1/logs/cloudaudit.googleapis.com%%2Factivity",\
                    "timestamp":"2024-05-01T10:00:00.5Z","protoPayload":{"methodName":"m","x":"%s",\
                    "authenticationInfo":{"principalEmail":"a@example.com"}}}""".formatted(id, "x".repeat(length)).getBytes(UTF_8);
        }

        @Override
        public void addMalformed(String text) {
            server.publish(text.getBytes(UTF_8));
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
