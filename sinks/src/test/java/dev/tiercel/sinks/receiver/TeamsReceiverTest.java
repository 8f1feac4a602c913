package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;

final class TeamsReceiverTest extends ApiReceiverContract {
    @Override
    String keys(String url) {
        return "type: teams, url: \"" + url + "/workflows/x\"";
    }

    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(body.getBytes(UTF_8).length).isLessThan(28 << 10);
        JsonNode attachment = json(body).path("attachments").path(0);
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode block = attachment.path("content").path("body").path(0);
        assertThat(block.path("type").asText()).as("without Markdown").isEqualTo("RichTextBlock");
        arrived.add(block.path("inlines").path(0).path("text").asText());
        return new Answer(202, "");
    }
}
