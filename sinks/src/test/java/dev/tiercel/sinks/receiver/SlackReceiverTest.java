package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class SlackReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: slack, url: \"" + url + "/services/T0/B0/x\"";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/services/T0/B0/x");
        JsonNode message = json(body);
        String text = message.path("text").asText();
        assertThat(text.length()).isBetween(1, 40_000);
        assertThat(text).doesNotContain("<", ">");
        assertThat(message.path("mrkdwn").asBoolean(true)).isFalse();
        assertThat(message.path("link_names").asBoolean(true)).isFalse();
        arrived.add(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        return new Answer(200, "ok");
    }
}
