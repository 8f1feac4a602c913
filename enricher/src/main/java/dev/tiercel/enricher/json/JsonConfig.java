package dev.tiercel.enricher.json;

import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.service.Settings;
import java.util.ArrayList;
import java.util.List;

/// Settings of JSON documents.
///
/// @param pointers of id, time, origin, actor and verb, as in RFC 6901; empty: there is none
public record JsonConfig(List<String> pointers, HttpAccess access) {
    private static final List<String> PARTS = List.of("id", "time", "origin", "actor", "verb");
    private static final List<String> DOCS = List.of(
            "Pointer to the id of a document, by which it is known when it is sent again: /id (empty: a hash of it).",
            "Pointer to its time, RFC 3339 or a number since the epoch: /timestamp (empty: when it was received).",
            "Pointer to where it is from.",
            "Pointer to who acted.",
            "Pointer to what was done.");

    public JsonConfig {
        pointers = List.copyOf(pointers);
    }

    /// Whether documents have ids of their own.
    public boolean hasIds() {
        return !pointers.getFirst().isEmpty();
    }

    /// Reads the keys `enricher.json.*`.
    public static JsonConfig from(Settings settings) {
        List<String> pointers = new ArrayList<>();
        for (int i = 0; i < PARTS.size(); i++) {
            String key = "enricher.json." + PARTS.get(i);
            String pointer = settings.text(key, "", DOCS.get(i));
            boolean valid = pointer.isEmpty() || pointer.startsWith("/");
            if (!valid) settings.problem(key, "a pointer begins with /, as in /user/name");
            pointers.add(valid ? pointer : "");
        }
        return new JsonConfig(pointers, HttpAccess.from(settings, "json"));
    }
}
