package dev.tiercel.enricher.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// `{"id": …}`: one document is one event, on `events.json`; or an object with `items`.
public final class IdFormat implements SourceFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String eventSource() {
        return "json";
    }

    @Override
    public Set<String> envelopes() {
        return Set.of("items");
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        try {
            JsonNode id = JSON.readTree(body).path("id");
            if (!id.isTextual()) throw new MalformedException("no id");
            into.event(EventTopics.event(id.textValue(), new String(body, StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new MalformedException("no JSON");
        }
    }
}
