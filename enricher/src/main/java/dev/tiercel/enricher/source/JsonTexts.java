package dev.tiercel.enricher.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Some members of a JSON document, read in one pass that checks the whole of it, without a tree. Immutable.
///
/// Members are named by path, `userIdentity/arn`; of names that occur twice the last counts.
public final class JsonTexts {
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] document;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, byte[]> raw = new HashMap<>();

    /// Which members are read: made once for each format.
    public static final class Paths {
        private final Set<String> texts;
        private final Set<String> raw;
        private final Set<String> parents = new HashSet<>();

        private Paths(Set<String> texts, Set<String> raw) {
            this.texts = texts;
            this.raw = raw;
            texts.forEach(this::addParents);
            raw.forEach(this::addParents);
        }

        /// Members whose text is asked for.
        public static Paths of(String... texts) {
            return new Paths(Set.of(texts), Set.of());
        }

        /// And members whose JSON is asked for, as it was written: objects and arrays.
        public Paths raw(String... more) {
            return new Paths(texts, Set.of(more));
        }

        private void addParents(String path) {
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                parents.add(path.substring(0, end));
            }
        }
    }

    private JsonTexts(byte[] document) {
        this.document = document;
    }

    /// Reads an object.
    ///
    /// @throws MalformedException if it is not one JSON object
    public static JsonTexts of(byte[] document, Paths paths) throws MalformedException {
        JsonTexts found = new JsonTexts(document);
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new MalformedException("not a JSON object");
            found.object(parser, "", paths);
            if (parser.nextToken() != null) throw new MalformedException("more than one JSON value");
            return found;
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    private void object(JsonParser parser, String prefix, Paths paths) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isScalarValue()) {
                if (paths.texts.contains(path)) text(path, token, parser);
            } else if (token == JsonToken.START_OBJECT && paths.parents.contains(path)) {
                long start = parser.currentTokenLocation().getByteOffset();
                object(parser, path + "/", paths);
                if (paths.raw.contains(path)) raw(path, start, parser);
            } else {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (paths.raw.contains(path)) raw(path, start, parser);
            }
        }
    }

    private void text(String path, JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            texts.remove(path);
        } else {
            texts.put(path, parser.getText());
        }
    }

    private void raw(String path, long start, JsonParser parser) {
        raw.put(path, slice(document, start, parser));
    }

    private static byte[] slice(byte[] document, long start, JsonParser parser) {
        return Arrays.copyOfRange(
                document, (int) start, (int) parser.currentLocation().getByteOffset());
    }

    private static MalformedException malformed(IOException broken) {
        return new MalformedException(
                broken instanceof JsonProcessingException json
                        ? "not JSON: " + json.getOriginalMessage()
                        : "not JSON: " + broken.getMessage());
    }

    /// The text of a scalar; empty: it is not there, null, or no scalar.
    public String text(String path) {
        return texts.getOrDefault(path, "");
    }

    /// The first of these that is not empty; else empty.
    public String first(String... paths) {
        for (String path : paths) {
            String text = text(path);
            if (!text.isEmpty()) return text;
        }
        return "";
    }

    /// The JSON of an object or array as it was written; null: there is none.
    public byte @Nullable [] raw(String path) {
        return raw.get(path);
    }

    /// Whether a body begins as an array does.
    public static boolean isArray(byte[] body) {
        int at = 0;
        while (at < body.length && body[at] <= ' ' && body[at] >= 0) {
            at++;
        }
        return at < body.length && body[at] == '[';
    }

    /// Receives the elements of an array.
    @FunctionalInterface
    public interface Elements {
        void element(byte[] json) throws MalformedException;
    }

    /// Hands over each element of an array as it was written.
    ///
    /// @throws MalformedException if it is not an array, or ends too early; elements before that were handed over
    public static void elements(byte[] array, Elements each) throws MalformedException {
        try (JsonParser parser = JSON.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) throw new MalformedException("not a JSON array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                each.element(slice(array, start, parser));
            }
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }
}
