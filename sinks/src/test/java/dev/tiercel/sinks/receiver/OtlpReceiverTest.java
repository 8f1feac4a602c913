package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class OtlpReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: otlp, url: \"" + url + "\"";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/v1/logs");
        for (JsonNode resource : json(body).path("resourceLogs")) {
            assertThat(resource.path("resource")
                            .path("attributes")
                            .path(0)
                            .path("key")
                            .asText())
                    .isEqualTo("service.name");
            for (JsonNode record : resource.path("scopeLogs").path(0).path("logRecords")) {
                assertThat(record.path("timeUnixNano").asText()).matches("[0-9]{19}");
                assertThat(record.path("severityNumber").asInt()).isBetween(1, 24);
                arrived.add(record.path("body").path("stringValue").asText());
            }
        }
        return new Answer(200, "{}");
    }
}
