package dev.tiercel.fields.document;

import dev.tiercel.schemas.RawText;
import java.util.Arrays;
import java.util.List;

/// The way to a value inside a [JsonDocument]: names of members, the outermost first. Immutable.
///
/// A step into an array takes the element that the name is the index of, as it does in a JSON pointer.
final class JsonPath {

    private final byte[][] names;
    private final int[] indexes;

    private JsonPath(List<String> steps) {
        names = steps.stream().map(RawText::bytes).toArray(byte[][]::new);
        indexes = steps.stream().mapToInt(JsonPath::index).toArray();
    }

    static JsonPath of(String... steps) {
        return new JsonPath(List.of(steps));
    }

    /// The way that a JSON pointer (RFC 6901) describes; its first slash may be missing; empty: to where it starts.
    static JsonPath pointer(String pointer) {
        String steps = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        return new JsonPath(
                pointer.isEmpty()
                        ? List.of()
                        : Arrays.stream(steps.split("/", -1))
                                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                                .toList());
    }

    /// -1: no index.
    private static int index(String step) {
        boolean digits = !step.isEmpty() && step.length() < 10 && step.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(step) : -1;
    }

    /// The value that this leads to from `node`; [JsonDocument#NONE]: there is none.
    int from(JsonDocument document, int node) {
        int found = node;
        for (int i = 0; i < names.length && found >= 0; i++) {
            found = document.is(found, JsonDocument.Kind.ARRAY)
                    ? document.element(found, indexes[i])
                    : document.member(found, names[i]);
        }
        return found;
    }
}
