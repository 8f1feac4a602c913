package dev.tiercel.fields.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.RawText;
import org.jspecify.annotations.Nullable;

/// The values in one JSON text, found without building objects; reused for text after text.
///
/// A node stands for a value: a number that is valid until the next text. [#NONE] stands for none; every method
/// takes it, and says that there is nothing. Of members with the same name the last counts. Allocates nothing but
/// the texts that are asked for, once it has seen its longest text. Not thread-safe.
public final class JsonDocument {

    /// The node of a value that is not there.
    public static final int NONE = -1;

    private static final Kind[] KINDS = Kind.values();

    /// What a value is.
    public enum Kind {
        OBJECT(0),
        ARRAY(1),
        STRING(2),
        NUMBER(3),
        TRUE(4),
        FALSE(5),
        NULL(6);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /// What the tape has for it; values are in this order.
        int number() {
            return number;
        }
    }

    private final JsonIndex index = new JsonIndex();
    private int[] tape = index.tape();
    private byte[] json = {};
    private byte[] scratch = new byte[64];

    /// Moves to the text in `length` bytes of `source` from `from`, which must not change while it is read: UTF-8,
    /// but bytes of strings that are not are kept as [RawText] does.
    ///
    /// @throws BadRecordException (CORRUPT) unless they are one JSON value (RFC 8259)
    ///     no deeper than 1,000 levels; nodes then mean nothing
    public void read(byte[] source, int from, int length) {
        try {
            index.read(source, from, from + length);
        } catch (JsonScanner.NotJson e) {
            throw new BadRecordException(
                    BadRecordException.Reason.CORRUPT,
                    "not JSON: %s at byte %d".formatted(e.getMessage(), e.at() - from));
        }
        tape = index.tape();
        json = source;
    }

    /// The node of the whole text.
    public int root() {
        return 0;
    }

    /// What the value is; of [#NONE] `NULL`.
    public Kind kind(int node) {
        return node < 0 ? Kind.NULL : KINDS[kindNumber(node)];
    }

    /// Whether the value is of a kind; [#NONE] is of none.
    public boolean is(int node, Kind kind) {
        return node >= 0 && kindNumber(node) == kind.number();
    }

    private int kindNumber(int node) {
        return tape[node + JsonIndex.KIND] & JsonIndex.KIND_MASK;
    }

    /// The value of a member; [#NONE]: there is none, or `object` is no object.
    public int member(int object, String name) {
        return member(object, RawText.bytes(name));
    }

    /// The same, without making the bytes of the name anew.
    int member(int object, byte[] name) {
        int found = NONE;
        int[] nodes = tape;
        for (int node = is(object, Kind.OBJECT) ? firstChild(object) : NONE;
                node >= 0;
                node = nodes[node + JsonIndex.NEXT]) {
            int from = nodes[node + JsonIndex.NAME];
            int length = nodes[node + JsonIndex.NAME_END] - from;
            if (length >= name.length && (length == name.length ? same(node, from, name) : isEscaped(node, name))) {
                found = node;
            }
        }
        return found;
    }

    /// Compared from the end, where names differ more often.
    private boolean same(int node, int from, byte[] name) {
        for (int i = name.length - 1; i >= 0; i--) {
            if (json[from + i] != name[i]) {
                return false;
            }
        }
        return !hasEscape(node);
    }

    private boolean isEscaped(int node, byte[] name) {
        return hasEscape(node) && RawText.of(name).equals(name(node));
    }

    private boolean hasEscape(int node) {
        return (tape[node + JsonIndex.KIND] & JsonIndex.NAME_ESCAPED) != 0;
    }

    /// The value that a path leads to from `node`.
    int at(int node, JsonPath path) {
        return path.from(this, node);
    }

    /// The element with an index; [#NONE]: there is none, or `array` is no array.
    public int element(int array, int position) {
        int node = position >= 0 && position < size(array) && is(array, Kind.ARRAY) ? firstChild(array) : NONE;
        for (int left = position; left > 0 && node >= 0; left--) {
            node = next(node);
        }
        return node;
    }

    /// Number of elements or members, equal names counted each; 0 of other values.
    public int size(int node) {
        return node < 0 ? 0 : tape[node + JsonIndex.COUNT];
    }

    /// The first element, or the value of the first member; [#NONE]: there is none.
    public int firstChild(int node) {
        return size(node) == 0 ? NONE : node + JsonIndex.STRIDE;
    }

    /// The next element, or the value of the next member; [#NONE]: that was the last.
    public int next(int node) {
        return node < 0 ? NONE : tape[node + JsonIndex.NEXT];
    }

    /// The name of the member whose value this is; null: it is no member's.
    public @Nullable String name(int node) {
        if (node <= 0 || tape[node + JsonIndex.NAME] == 0) {
            return null;
        }
        return string(
                tape[node + JsonIndex.NAME],
                tape[node + JsonIndex.NAME_END],
                (tape[node + JsonIndex.KIND] & JsonIndex.NAME_ESCAPED) != 0);
    }

    /// A value as text: what a string says, anything else as JSON ([#raw]); null: `null`, or there is none.
    public @Nullable String text(int node) {
        if (node < 0 || is(node, Kind.NULL)) {
            return null;
        }
        return is(node, Kind.STRING)
                ? string(
                        tape[node + JsonIndex.START],
                        tape[node + JsonIndex.END],
                        (tape[node + JsonIndex.KIND] & JsonIndex.ESCAPED) != 0)
                : raw(node);
    }

    /// A value as text, as Falco's plugins have it: as [#text], but of `null` that word; null: there is none.
    public @Nullable String written(int node) {
        return is(node, Kind.STRING) ? text(node) : raw(node);
    }

    /// A value as JSON, a line for each value and two blanks for each level, as Falco prints it; null: there is
    /// none.
    @Nullable
    String indented(int node) {
        String compact = raw(node);
        return compact == null ? null : JsonTexts.indented(compact);
    }

    /// A value as JSON, as it was written but without whitespace between tokens; null: there is none.
    public @Nullable String raw(int node) {
        if (node < 0) {
            return null;
        }
        int quotes = is(node, Kind.STRING) ? 1 : 0;
        int from = tape[node + JsonIndex.START] - quotes;
        int to = tape[node + JsonIndex.END] + quotes;
        return size(node) > 0 ? compact(from, to) : RawText.of(json, from, to - from);
    }

    /// Index of the first byte of an array, an object or a scalar that is no string.
    int start(int node) {
        return tape[node + JsonIndex.START];
    }

    /// Number of bytes of an array, an object or a scalar that is no string, as it was written.
    int length(int node) {
        return tape[node + JsonIndex.END] - tape[node + JsonIndex.START];
    }

    private String compact(int from, int to) {
        reserve(to - from);
        return RawText.of(scratch, 0, JsonTexts.compact(json, from, to, scratch));
    }

    private String string(int from, int to, boolean escaped) {
        if (!escaped) {
            return RawText.of(json, from, to - from);
        }
        reserve(to - from);
        return RawText.of(scratch, 0, JsonTexts.unescape(json, from, to, scratch));
    }

    private void reserve(int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
    }

    /// The value that a JSON pointer (RFC 6901) leads to: `/user/groups/0`; [#NONE]: none. Its first slash may be
    /// missing, as in Falco; empty: the whole text.
    public int pointer(String pointer) {
        return JsonPath.pointer(pointer).from(this, root());
    }

    @Override
    public String toString() {
        return "JsonDocument[" + new String(json, UTF_8) + "]";
    }
}
