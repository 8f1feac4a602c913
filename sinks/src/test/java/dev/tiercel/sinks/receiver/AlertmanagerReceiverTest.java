package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

final class AlertmanagerReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: alertmanager, url: \"" + url + "\", resolve-after: 10m";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/api/v2/alerts");
        for (JsonNode alert : json(body)) {
            assertThat(alert.path("labels").path("alertname").asText()).isNotEmpty();
            alert.path("labels").properties().forEach(label -> {
                assertThat(label.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
                assertThat(label.getValue().asText()).isNotEmpty();
            });
            assertThat(Instant.parse(alert.path("startsAt").asText()))
                    .isBefore(Instant.parse(alert.path("endsAt").asText()).plusSeconds(86_400 * 365));
            arrived.add(alert.path("annotations").path("summary").asText());
        }
        return new Answer(200, "");
    }
}
