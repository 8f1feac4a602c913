package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class DiscordReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: discord, url: \"" + url + "/api/webhooks/1/x\"";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        JsonNode message = json(body);
        String text = message.path("content").asText();
        assertThat(text.length()).isBetween(1, 2_000);
        assertThat(text.replaceAll("\\\\.", "")).as("Markdown is escaped").doesNotContainPattern("[*_~`|>#\\[\\]<@]");
        assertThat(message.path("allowed_mentions").path("parse").isArray()).isTrue();
        assertThat(message.path("allowed_mentions").path("parse").size()).isZero();
        arrived.add(text.replaceAll("\\\\(.)", "$1"));
        return new Answer(204, "");
    }
}
