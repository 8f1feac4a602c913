package dev.tiercel.enricher.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value of a body, and what its [JsonShape] reads of it. Not thread-safe; not changed once it was read.
public final class JsonPiece {
    private final byte[] body;
    private final int begin;
    private final int depth;
    private final @Nullable String[] texts;
    private int end;
    private @Nullable List<JsonPiece> elements;
    private @Nullable String problem;

    JsonPiece(byte[] body, int begin, int depth, int texts) {
        this.body = body;
        this.begin = begin;
        this.depth = depth;
        this.texts = new @Nullable String[texts];
    }

    /// In how many arrays it is.
    int depth() {
        return depth;
    }

    JsonPiece ends(int offset) {
        end = offset;
        return this;
    }

    /// What is left of a body, or an element that is no object.
    JsonPiece wrong(String reason, int offset) {
        problem = reason;
        return ends(offset);
    }

    void text(int pointer, @Nullable String value) {
        texts[pointer] = value;
    }

    List<JsonPiece> list() {
        List<JsonPiece> list = elements;
        if (list == null) {
            list = new ArrayList<>();
            elements = list;
        }
        return list;
    }

    /// Why it is no object; null: it is one.
    public @Nullable String problem() {
        return problem;
    }

    /// The text at a pointer of the shape; empty if absent or null.
    public String text(int pointer) {
        String text = texts[pointer];
        return text == null ? "" : text;
    }

    /// The first text at these pointers that is not empty; empty: all are.
    public String first(int... pointers) {
        for (int pointer : pointers) {
            if (!text(pointer).isEmpty()) return text(pointer);
        }
        return "";
    }

    /// Whether it has one of the shape's lists.
    public boolean isEnvelope() {
        return elements != null;
    }

    /// The elements of its lists; of an object with a problem those before it.
    public List<JsonPiece> elements() {
        List<JsonPiece> list = elements;
        return list == null ? List.of() : list;
    }

    /// Its bytes as they were sent, shared with the body.
    public ByteBuffer document() {
        return ByteBuffer.wrap(body, begin, end - begin).slice();
    }

    /// A copy of its bytes.
    public byte[] bytes() {
        return Arrays.copyOfRange(body, begin, end);
    }
}
