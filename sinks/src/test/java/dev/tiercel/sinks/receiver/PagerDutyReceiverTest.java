package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class PagerDutyReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: pagerduty, url: \"" + url + "\", routing-key: {env: SECRET}";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/v2/enqueue");
        assertThat(body.length()).isLessThan(512 << 10);
        JsonNode event = json(body);
        assertThat(event.path("routing_key").asText()).isEqualTo("s3cret");
        assertThat(event.path("event_action").asText()).isEqualTo("trigger");
        assertThat(event.path("dedup_key").asText()).hasSizeBetween(1, 255);
        JsonNode payload = event.path("payload");
        assertThat(payload.path("severity").asText()).isIn("critical", "error", "warning", "info");
        assertThat(payload.path("summary").asText()).hasSizeBetween(1, 1_024);
        assertThat(payload.path("source").asText()).isNotEmpty();
        arrived.add(payload.path("summary").asText());
        return new Answer(202, "{\"status\": \"success\"}");
    }
}
