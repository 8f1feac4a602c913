package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class SplunkReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: splunk, url: \"" + url + "\", token: {env: SECRET}, index: security";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/services/collector/event");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Splunk s3cret");
        assertThat(body).as("no exponent").containsPattern("\"time\":[0-9]{10}\\.[0-9]{3},");
        try (var events = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (events.hasNext()) {
                JsonNode event = events.next();
                assertThat(event.path("time").asDouble()).isGreaterThan(1.7e9);
                assertThat(event.path("index").asText()).isEqualTo("security");
                arrived.add(event.path("event").path("text").asText());
            }
        }
        return new Answer(200, "{\"text\":\"Success\",\"code\":0}");
    }
}
