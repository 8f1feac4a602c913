package dev.tiercel.fields.document;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Writes the tape of one JSON text: for each value, in the order of the text, [#STRIDE] ints.
///
/// | int | of each value |
/// |---|---|
/// | `KIND` | number of its [JsonDocument.Kind], and the flags `ESCAPED` and `NAME_ESCAPED` |
/// | `START`, `END` | its bytes; of a string those between the quotes |
/// | `NEXT` | index on the tape of the next value with the same parent; -1: none |
/// | `NAME`, `NAME_END` | of a member: the bytes of its name, between the quotes |
/// | `COUNT` | of an array or object: number of its elements or members |
///
/// One pass, no recursion. Reused for text after text; not thread-safe.
final class JsonIndex {

    static final int STRIDE = 7;
    static final int KIND = 0;
    static final int START = 1;
    static final int END = 2;
    static final int NEXT = 3;
    static final int NAME = 4;
    static final int NAME_END = 5;
    static final int COUNT = 6;

    static final int KIND_MASK = 0xff;

    /// Set in `KIND`: the string has an escape.
    static final int ESCAPED = 0x100;

    /// Set in `KIND`: the name has an escape.
    static final int NAME_ESCAPED = 0x200;

    /// Containers within each other at most: as many as Jackson reads.
    static final int DEEPEST = 1_000;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final int OBJECT = JsonDocument.Kind.OBJECT.number();

    private int[] tape = new int[64 * STRIDE];
    private int used;

    /// The containers that are open, and the last value in each.
    private final int[] open = new int[DEEPEST];

    private final int[] last = new int[DEEPEST];
    private int depth;

    private byte[] json = {};
    private int at;
    private int end;

    /// The name of the value that follows.
    private int name;

    private int nameEnd;
    private int nameFlag;

    /// The tape of the text read last; another array after a longer text.
    int[] tape() {
        return tape;
    }

    /// Writes the tape of the value that the bytes from `from` to `to` are.
    ///
    /// @throws JsonScanner.NotJson unless they are one JSON value
    void read(byte[] source, int from, int to) {
        json = source;
        at = from;
        end = to;
        used = 0;
        depth = 0;
        forgetName();
        value(next());
        while (depth > 0) {
            step(open[depth - 1]);
        }
        if (skip() < end) {
            throw JsonScanner.corrupt("something after the value", at);
        }
    }

    private int skip() {
        if (at < end && json[at] <= ' ') {
            at = JsonScanner.skipSpace(json, at, end);
        }
        return at;
    }

    /// The next byte that is no whitespace, which stays unread.
    private byte next() {
        if (skip() >= end) {
            throw JsonScanner.corrupt("unfinished", at);
        }
        return json[at];
    }

    /// Reads the next value in an open container, or its end.
    private void step(int container) {
        boolean object = (tape[container + KIND] & KIND_MASK) == OBJECT;
        byte b = next();
        if (b == (object ? '}' : ']')) {
            tape[container + END] = ++at;
            depth--;
            return;
        }
        if (tape[container + COUNT] > 0) {
            require(b, ',', "neither a comma nor the end of what is open");
            b = next();
        }
        if (object) {
            name(b);
            b = next();
        }
        value(b);
    }

    private void require(byte found, char wanted, String otherwise) {
        if (found != wanted) {
            throw JsonScanner.corrupt(otherwise, at);
        }
        at++;
    }

    private void name(byte first) {
        require(first, '"', "not a name");
        name = at;
        nameFlag = endOfString() ? NAME_ESCAPED : 0;
        nameEnd = at++;
        require(next(), ':', "no colon after a name");
    }

    /// Moves to the closing quote; whether there are escapes before it.
    private boolean endOfString() {
        at = JsonScanner.endOfPlain(json, at, end);
        boolean escaped = at < end && json[at] == '\\';
        if (escaped) {
            at = JsonScanner.endOfEscaped(json, at, end);
        }
        if (at >= end || json[at] != '"') {
            throw JsonScanner.corrupt(at >= end ? "unfinished string" : "control character in a string", at);
        }
        return escaped;
    }

    private void value(byte first) {
        switch (first) {
            case '"' -> string();
            case '{' -> container(JsonDocument.Kind.OBJECT);
            case '[' -> container(JsonDocument.Kind.ARRAY);
            case 't' -> word(JsonDocument.Kind.TRUE, TRUE);
            case 'f' -> word(JsonDocument.Kind.FALSE, FALSE);
            case 'n' -> word(JsonDocument.Kind.NULL, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw JsonScanner.corrupt("not a value", at);
        }
    }

    private void number() {
        int node = add(JsonDocument.Kind.NUMBER, at);
        at = JsonScanner.endOfNumber(json, at, end);
        tape[node + END] = at;
    }

    private void string() {
        int node = add(JsonDocument.Kind.STRING, ++at);
        if (endOfString()) {
            tape[node + KIND] |= ESCAPED;
        }
        tape[node + END] = at++;
    }

    private void word(JsonDocument.Kind kind, byte[] word) {
        int node = add(kind, at);
        at = JsonScanner.endOfWord(json, at, end, word);
        tape[node + END] = at;
    }

    private void container(JsonDocument.Kind kind) {
        if (depth == DEEPEST) {
            throw JsonScanner.corrupt("more than " + DEEPEST + " containers within each other", at);
        }
        open[depth] = add(kind, at++);
        depth++;
    }

    /// Adds a value to the container that is open; returns its index.
    private int add(JsonDocument.Kind kind, int start) {
        int node = used;
        used += STRIDE;
        if (used > tape.length) {
            tape = Arrays.copyOf(tape, 2 * tape.length);
        }
        tape[node + KIND] = kind.number() | nameFlag;
        tape[node + START] = start;
        tape[node + NEXT] = JsonDocument.NONE;
        tape[node + NAME] = name;
        tape[node + NAME_END] = nameEnd;
        tape[node + COUNT] = 0;
        if (depth > 0) {
            link(node);
        }
        forgetName();
        return node;
    }

    private void forgetName() {
        name = 0;
        nameEnd = 0;
        nameFlag = 0;
    }

    private void link(int node) {
        int container = open[depth - 1];
        if (tape[container + COUNT]++ > 0) {
            tape[last[depth - 1] + NEXT] = node;
        }
        last[depth - 1] = node;
    }
}
