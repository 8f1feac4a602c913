package dev.tiercel.fields.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fast path of [JsonRow] for common JSON objects: scalar values, ASCII, integers where a number is wanted.
///
/// Anything else, including invalid JSON, is left to Jackson, which alone decides what is valid; what is read here
/// is read exactly as Jackson reads it. Unlike Jackson it looks names up by their bytes and skips unwanted values
/// without decoding them, which is most of an event: it reads 1.5 to 2 times as many events a second.
final class FlatJson {

    private static final int UNWANTED = -1;
    private static final int UNUSUAL = -2;
    private static final int MOST_DIGITS = 19;
    private static final int LONGEST_NUMBER = 100;

    /// An open-addressing hash table of names by the hash of their bytes, at most a quarter full.
    private final byte[] @Nullable [] names;

    private final int[] numbers;
    private byte[] json = {};
    private int at;
    private int end;
    private @Nullable Object value;

    /// @param wanted names whose values are wanted; a name's index is the index of its value
    FlatJson(List<String> wanted) {
        int size = Integer.highestOneBit(Math.max(wanted.size(), 4)) * 8;
        names = new byte[size][];
        numbers = new int[size];
        for (int i = 0; i < wanted.size(); i++) {
            byte[] name = wanted.get(i).getBytes(StandardCharsets.UTF_8);
            int slot = slot(hash(name));
            while (names[slot] != null) {
                slot = slot(slot + 1);
            }
            names[slot] = name;
            numbers[slot] = i;
        }
    }

    private static int hash(byte[] name) {
        int hash = 0;
        for (byte b : name) {
            hash = 31 * hash + b;
        }
        return hash;
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 15)) & (names.length - 1);
    }

    /// Stores the wanted values of an object in `into`, which must hold nulls; false: not supported here, and the
    /// content of `into` is undefined.
    boolean read(byte[] source, int from, int length, @Nullable Object[] into) {
        json = source;
        at = from;
        end = from + length;
        return object(into) && next() < 0;
    }

    private boolean object(@Nullable Object[] into) {
        if (next() != '{') {
            return false;
        }
        int c = next();
        if (c == '}') {
            return true;
        }
        while (c == '"') {
            int key = name();
            if (key == UNUSUAL || next() != ':' || !value(key != UNWANTED)) {
                return false;
            }
            if (key != UNWANTED) {
                into[key] = value;
            }
            c = next();
            if (c != ',') {
                return c == '}';
            }
            c = next();
        }
        return false;
    }

    /// The next byte that is not whitespace; -1: none.
    private int next() {
        while (at < end) {
            byte b = json[at++];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 255;
            }
        }
        return -1;
    }

    /// Reads a name after its opening quote; returns its index.
    private int name() {
        int start = at;
        int hash = 0;
        while (at < end) {
            byte b = json[at++];
            if (b == '"') {
                return find(start, at - 1, hash);
            }
            if (b < ' ' || b == '\\') {
                return UNUSUAL;
            }
            hash = 31 * hash + b;
        }
        return UNUSUAL;
    }

    private int find(int start, int stop, int hash) {
        int slot = slot(hash);
        for (byte[] name = names[slot]; name != null; name = names[slot]) {
            if (Arrays.equals(name, 0, name.length, json, start, stop)) {
                return numbers[slot];
            }
            slot = slot(slot + 1);
        }
        return UNWANTED;
    }

    private boolean value(boolean wanted) {
        value = null;
        int c = next();
        return switch (c) {
            case '"' -> string(wanted);
            case 't' -> literal("rue", true);
            case 'f' -> literal("alse", false);
            case 'n' -> literal("ull", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(wanted);
            default -> false;
        };
    }

    private boolean literal(String rest, @Nullable Boolean meaning) {
        for (int i = 0; i < rest.length(); i++) {
            if (at >= end || json[at++] != rest.charAt(i)) {
                return false;
            }
        }
        value = meaning;
        return true;
    }

    private boolean string(boolean wanted) {
        int start = at;
        while (at < end) {
            byte b = json[at++];
            if (b == '"') {
                value = wanted ? text(start, at - 1) : null;
                return true;
            }
            if (b == '\\') {
                at--;
                return escaped(wanted ? new StringBuilder(text(start, at)) : null);
            }
            if (b < ' ') {
                return false;
            }
        }
        return false;
    }

    private String text(int start, int stop) {
        return new String(json, start, stop - start, StandardCharsets.ISO_8859_1);
    }

    /// Reads the rest of a string with escapes; null: unwanted.
    private boolean escaped(@Nullable StringBuilder text) {
        while (at < end) {
            int c = json[at++];
            if (c == '"') {
                value = text == null ? null : text.toString();
                return true;
            }
            if (c < ' ') {
                return false;
            }
            c = c == '\\' ? escape() : c;
            if (c < 0) {
                return false;
            }
            if (text != null) {
                text.append((char) c);
            }
        }
        return false;
    }

    /// Reads the escape after a backslash; -1: invalid.
    private int escape() {
        int c = at < end ? json[at++] : -1;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> -1;
        };
    }

    private int hexadecimal() {
        int c = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end && json[at] >= 0 ? Character.digit(json[at++], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            c = (c << 4) | digit;
        }
        return c;
    }

    /// Reads a number after its first byte.
    private boolean number(boolean wanted) {
        int start = at - 1;
        boolean negative = json[start] == '-';
        int first = negative ? at : start;
        at = first;
        int digits = digits();
        if (digits == 0 || (digits > 1 && json[first] == '0')) {
            return false;
        }
        boolean whole = digits < MOST_DIGITS || (digits == MOST_DIGITS && json[first] < '9'); // 2^63 is 9.2e18
        if (at < end && json[at] == '.') {
            at++;
            whole = false;
            digits = digits();
        }
        if (digits > 0 && at < end && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            whole = false;
            at += at < end && (json[at] == '+' || json[at] == '-') ? 1 : 0;
            digits = digits();
        }
        if (digits == 0 || at - start > LONGEST_NUMBER || (wanted && !whole)) {
            return false;
        }
        value = wanted ? (Long) whole(first, negative) : null;
        return true;
    }

    private int digits() {
        int start = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at - start;
    }

    private long whole(int first, boolean negative) {
        long number = 0;
        for (int i = first; i < at; i++) {
            number = 10 * number + json[i] - '0';
        }
        return negative ? -number : number;
    }
}
