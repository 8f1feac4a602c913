package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

final class CloudEventsReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: cloudevents, url: \"" + url + "/broker\"";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(headers.getFirst("Content-Type")).startsWith("application/cloudevents+json");
        JsonNode event = json(body);
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isNotEmpty();
        assertThat(event.path("source").asText()).isNotEmpty();
        assertThat(event.path("type").asText()).isEqualTo("dev.tiercel.alert");
        assertThat(Instant.parse(event.path("time").asText())).isNotNull();
        arrived.add(event.path("data").path("text").asText());
        return new Answer(202, "");
    }
}
