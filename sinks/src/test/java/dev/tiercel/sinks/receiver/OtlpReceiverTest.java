package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.tiercel.sinks.alert.TestAlerts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        if (arrived.stream().noneMatch(text -> text.contains("id-bad"))) return new Answer(200, "{}");
        arrived.removeIf(text -> text.contains("id-bad"));
        return new Answer(200, "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"too old\"}}");
    }

    @Test
    void whatACollectorLeavesOutIsFound() throws IOException, InterruptedException {
        List<Notice> some = new ArrayList<>(notices(0, 3));
        some.add(1, new Notice(TestAlerts.view("id-bad"), null));
        assertThat(receiver(keys()).deliver(some))
                .containsExactly(
                        DeliveryResult.DELIVERED,
                        new DeliveryResult.Refused("too old"),
                        DeliveryResult.DELIVERED,
                        DeliveryResult.DELIVERED);
    }
}
