package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class LokiReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: loki, url: \"" + url + "\", headers: {X-Scope-OrgID: blue}";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/loki/api/v1/push");
        assertThat(headers.getFirst("X-Scope-OrgID")).isEqualTo("blue");
        for (JsonNode stream : json(body).path("streams")) {
            assertThat(stream.path("stream").size()).isBetween(1, 15);
            for (JsonNode value : stream.path("values")) {
                assertThat(value.path(0).asText()).matches("[0-9]{19}");
                assertThat(value.path(1).asText().length()).isLessThan(256 << 10);
                arrived.add(value.path(1).asText());
            }
        }
        return new Answer(204, "");
    }
}
