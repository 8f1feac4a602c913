package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.TestAlerts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ElasticsearchReceiverTest extends ApiReceiverContract {
    private final List<String> ids = new ArrayList<>();

    @Override
    String keys(String url) {
        return "type: elasticsearch, url: \"" + url + "\", headers: {Authorization: {env: SECRET}}";
    }

    /// As the bulk API: ids with `no` in them are refused, with `full` must wait, and what is there is a conflict in a
    /// data stream.
    @Override
    Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException {
        assertThat(path).isEqualTo("/_bulk");
        assertThat(headers.getFirst("Authorization")).isEqualTo("s3cret");
        assertThat(headers.getFirst("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(body).endsWith("\n");
        List<String> lines = body.lines().toList();
        List<String> items = new ArrayList<>();
        for (int line = 0; line < lines.size(); line += 2) {
            JsonNode action = json(lines.get(line));
            String name = action.fieldNames().next();
            String id = action.path(name).path("_id").asText();
            assertThat(action.path(name).path("_index").asText()).isEqualTo("tiercel-alerts");
            JsonNode document = json(lines.get(line + 1));
            int status = id.contains("no") ? 400 : id.contains("full") ? 429 : status(name, id);
            if (status < 300) arrived.add(document.path("message").asText());
            items.add("{\"%s\":{\"_id\":\"%s\",\"status\":%d,\"error\":{\"reason\":\"so\"}}}"
                    .formatted(name, id, status));
        }
        return new Answer(200, "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}");
    }

    private int status(String action, String id) {
        if (action.equals("create") && ids.contains(id)) return 409;
        boolean isNew = ids.add(id);
        return isNew ? 201 : 200;
    }

    @Test
    void eachDocumentHasItsOwnResult() throws IOException, InterruptedException {
        List<Notice> some = new ArrayList<>();
        for (String id : List.of("a", "no-1", "full-1", "b")) some.add(new Notice(TestAlerts.view(id), null));
        assertThat(receiver(keys()).deliver(some))
                .containsExactly(
                        DeliveryResult.DELIVERED,
                        new DeliveryResult.Refused("status 400: so"),
                        DeliveryResult.later("status 429: so"),
                        DeliveryResult.DELIVERED);
    }

    @Test
    void inADataStreamWhatIsThereHasArrivedAndRevisionsAreAdded() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys() + ", data-stream: true");
        deliver(receiver, notices(0, 1));
        deliver(receiver, notices(0, 1));
        Notice revision =
                new Notice(AlertView.of(TestAlerts.alert("id-0").setRevision(1).build()), null);
        deliver(receiver, List.of(revision));
        assertThat(ids).containsExactly("id-0", "id-0.1");
        assertThat(arrived(2)).hasSize(2);
    }
}
