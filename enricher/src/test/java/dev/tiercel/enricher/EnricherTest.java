package dev.tiercel.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.http.HttpEndpoint;
import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources as users configure them, to the end of their topics.
class EnricherTest {
    private final String name = TestBroker.unique("enricher");
    private final Map<String, String> settings = new HashMap<>(Map.of("enricher.instance", name));
    private final HttpClient client = HttpClient.newHttpClient();
    private Enricher enricher;

    private URI start(String source) {
        open(source);
        return ((HttpEndpoint) enricher.sources().getFirst()).uri();
    }

    private void open(String source) {
        settings.put("enricher.sources", source);
        Settings read = Settings.of(settings);
        EnricherConfig config = EnricherConfig.from(read);
        read.requireValid();
        enricher = new Enricher(config, EventTopics.kafka(), EventTopics.REGISTRY, new Metrics());
        enricher.start();
    }

    @AfterEach
    void stop() {
        client.close();
        if (enricher != null) enricher.close();
    }

    private HttpResponse<String> post(URI uri, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void takesBatchesOfApiServers() throws Exception {
        settings.put("enricher.k8s-audit.cluster", "prod");
        URI uri = start("k8s-audit=:0").resolve("/k8s-audit?timeout=30s");
        String item = """
            {"level":"Metadata","auditID":"%s-%d","stage":"ResponseComplete","verb":"get","user":{"username":"alice"},\
            "stageTimestamp":"2024-05-01T10:00:00.000001Z"}""";
        String batch = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[%s,%s]}"
                .formatted(item.formatted(name, 1), item.formatted(name, 2));
        assertThat(post(uri, batch, "Content-Type", "application/json").body()).startsWith("{\"published\":2,");
        assertThat(post(uri, batch, "Content-Type", "application/json").body())
                .startsWith("{\"published\":0,\"duplicates\":2,");
        List<SourceEvent> events = EventTopics.events("k8s_audit", name);
        assertThat(events)
                .extracting(SourceEvent::getId)
                .containsExactly(name + "-1/ResponseComplete", name + "-2/ResponseComplete");
        assertThat(events).extracting(SourceEvent::getOrigin).containsOnly("prod");
        assertThat(EventTopics.text(events.getFirst().getDocument())).isEqualTo(item.formatted(name, 1));
        HttpResponse<String> broken = post(uri, batch.substring(0, 40));
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).startsWith("not JSON");
        assertThat(enricher.check().healthy()).isTrue();
        assertThat(enricher.describe()).isEqualTo("k8s-audit=:0");
    }

    @Test
    void takesWebhooksOfGithub(@TempDir Path folder) throws Exception {
        settings.put(
                "enricher.github.secret-file",
                Files.writeString(folder.resolve("secret"), "s").toString());
        URI uri = start("github=:0");
        String body = "{\"action\":\"created\",\"sender\":{\"login\":\"bob\"}}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s".getBytes(UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        String[] headers = {"X-GitHub-Event", "star", "X-GitHub-Delivery", name, "X-Hub-Signature-256", signature};
        assertThat(post(uri, body, headers).body()).startsWith("{\"published\":1,");
        assertThat(post(uri, body, headers).body()).startsWith("{\"published\":0,\"duplicates\":1,");
        assertThat(post(uri, body + " ", headers).statusCode()).isEqualTo(401);
        assertThat(post(uri, body).statusCode()).isEqualTo(401);
        assertThat(EventTopics.ids("github", name)).containsExactly(name);
    }

    @Test
    void takesWhatPubSubPushes(@TempDir Path folder) throws Exception {
        settings.put(
                "enricher.gcp-audit.token-file",
                Files.writeString(folder.resolve("token"), "t").toString());
        URI uri = start("gcp-audit=:0");
        String entry = "{\"insertId\":\"%s\",\"logName\":\"projects/p/logs/x\",\"timestamp\":\"2024-05-01T10:00:00Z\"}"
                .formatted(name);
        String body = "{\"message\":{\"data\":\"%s\",\"messageId\":\"1\"}}"
                .formatted(Base64.getEncoder().encodeToString(entry.getBytes(UTF_8)));
        assertThat(post(uri.resolve("/push?token=t"), body).statusCode()).isEqualTo(200);
        assertThat(post(uri.resolve("/push?token=u"), body).statusCode()).isEqualTo(401);
        assertThat(EventTopics.ids("gcp_auditlog", name)).containsExactly(name);
    }

    @Test
    void takesAnyJson() throws Exception {
        settings.put("enricher.json.id", "/id");
        URI uri = start("json=:0");
        assertThat(post(uri, "{\"id\":\"%s-1\"}\n{\"id\":\"%s-2\"}".formatted(name, name))
                        .statusCode())
                .isEqualTo(200);
        assertThat(EventTopics.ids("json", name)).hasSize(2);
    }

    @Test
    void readsTheLogOfAnApiServer(@TempDir Path folder) throws Exception {
        String line = """
            {"kind":"Event","level":"Metadata","auditID":"%s","stage":"Panic","stageTimestamp":"2024-05-01T10:00:00Z"}
            """.formatted(name);
        open("k8s-audit=" + Files.writeString(folder.resolve("audit.log"), line));
        while (EventTopics.ids("k8s_audit", name).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(EventTopics.ids("k8s_audit", name)).containsExactly(name + "/Panic");
    }

    @Test
    void answersFirehoseAsItWantsToBeAnswered() throws Exception {
        HttpResponse<String> answer = post(start("json=:0"), "{}", "X-Amz-Firehose-Request-Id", "ed4acda5-034f");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).matches("\\{\"requestId\":\"ed4acda5-034f\",\"timestamp\":\\d+}\n");
    }

    @Test
    void namesAddressesThatItCannotRead() {
        assertThatThrownBy(() -> open("okta=ftp://x")).hasMessageContaining("okta=ftp://x");
        assertThatThrownBy(() -> open("k8s-audit=http://x")).hasMessageContaining("k8s-audit=http://x");
        assertThatThrownBy(() -> open("k8s-audit=0.0.0.0:0")).hasMessageContaining("only with TLS");
    }
}
