package dev.tiercel.enricher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.PublisherConfig;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.RestartableBroker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka is away: senders are told to come again, and what they send again is there once.
class HttpOutageTest {
    @Test
    void sendersAreToldToComeAgain(@TempDir Path folder) throws Exception {
        RestartableBroker broker = new RestartableBroker(folder);
        broker.start();
        Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "10000");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Topics.create(admin, 1);
        }
        PublisherConfig config = new PublisherConfig("http-outage", 2 << 20, 1000, Duration.ofMinutes(1));
        try (broker;
                Publisher publisher = new Publisher(config, kafka, new InMemoryRegistry(), new Metrics());
                HttpEndpoint endpoint = endpoint(publisher);
                HttpClient client = HttpClient.newHttpClient()) {
            publisher.start();
            endpoint.start();
            broker.kill();
            HttpResponse<String> slow = post(client, endpoint, "a");
            assertThat(slow.statusCode()).isEqualTo(503);
            assertThat(slow.headers().firstValue("Retry-After")).contains("5");
            HttpResponse<String> full = post(client, endpoint, "b".repeat(1 << 20));
            while (full.statusCode() == 503) {
                full = post(client, endpoint, "b".repeat(1 << 20));
            }
            assertThat(full.statusCode()).isEqualTo(429);
            assertThat(full.headers().firstValue("Retry-After")).contains("5");
            broker.start();
            HttpResponse<String> again = post(client, endpoint, "a");
            while (again.statusCode() != 200) {
                again = post(client, endpoint, "a");
            }
            assertThat(again.body()).startsWith("{\"published\":0,\"duplicates\":1,");
        }
    }

    private static HttpEndpoint endpoint(Publisher publisher) {
        HttpConfig config = new HttpConfig(Optional.empty(), 4 << 20, 8 << 20, 10, Duration.ofSeconds(1));
        return new HttpEndpoint(
                "json=:0",
                new ListenAddress("", 0),
                Intake.of(new LineFormat()),
                new HttpAccess(Optional.empty(), Optional.empty(), Optional.empty(), "enricher.json."),
                new HttpEndpoint.Shared(config, publisher, new Metrics()));
    }

    private static HttpResponse<String> post(HttpClient client, HttpEndpoint endpoint, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(endpoint.uri())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
