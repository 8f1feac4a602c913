package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class OpsgenieReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: opsgenie, url: \"" + url + "/\", api-key: {env: SECRET}";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/v2/alerts");
        assertThat(headers.getFirst("Authorization")).isEqualTo("GenieKey s3cret");
        JsonNode alert = json(body);
        assertThat(alert.path("message").asText()).hasSizeBetween(1, 130);
        assertThat(alert.path("description").asText()).hasSizeLessThanOrEqualTo(15_000);
        assertThat(alert.path("alias").asText()).hasSizeBetween(1, 512);
        assertThat(alert.path("source").asText()).hasSizeLessThanOrEqualTo(100);
        assertThat(alert.path("priority").asText()).matches("P[1-5]");
        alert.path("tags").forEach(tag -> assertThat(tag.asText()).hasSizeLessThanOrEqualTo(50));
        int details = alert.path("details").properties().stream()
                .mapToInt(detail ->
                        detail.getKey().length() + detail.getValue().asText().length())
                .sum();
        assertThat(details).isLessThan(8_000);
        assertThat(body).as("it shows HTML").doesNotContain("<", ">");
        arrived.add(alert.path("description").asText());
        return new Answer(202, "{\"result\": \"Request will be processed\"}");
    }
}
