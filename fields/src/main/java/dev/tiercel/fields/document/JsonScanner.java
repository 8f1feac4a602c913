package dev.tiercel.fields.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds the ends of JSON's tokens in bytes. Stateless; every method throws [NotJson] for what is not JSON (RFC
/// 8259). Bytes of strings that are no UTF-8 pass: rules judge them as they are.
final class JsonScanner {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private JsonScanner() {}

    /// Index of the first byte from `at` that is no whitespace; `end`: none.
    static int skipSpace(byte[] json, int at, int end) {
        int next = at;
        while (next < end && isSpace(json[next])) {
            next++;
        }
        return next;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Index of the first quote, backslash or control character from `at`; `end`: none. Eight bytes at a time.
    static int endOfPlain(byte[] json, int at, int end) {
        int next = at;
        while (next + Long.BYTES <= end) {
            long word = (long) WORD.get(json, next);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // the lowest bit of each is right; those above it need not be, for the borrow
            long stops =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word)) & HIGHS;
            if (stops != 0) {
                return next + (Long.numberOfTrailingZeros(stops) >>> 3);
            }
            next += Long.BYTES;
        }
        while (next < end && json[next] != '"' && json[next] != '\\' && (json[next] & 0xff) >= ' ') {
            next++;
        }
        return next;
    }

    /// Checks the rest of a string after its first backslash, at `at`; returns the index of its closing quote.
    static int endOfEscaped(byte[] json, int at, int end) {
        int next = at;
        while (next < end && json[next] == '\\') {
            next = endOfPlain(json, endOfEscape(json, next + 1, end), end);
        }
        return next;
    }

    private static int endOfEscape(byte[] json, int at, int end) {
        if (at >= end) {
            throw corrupt("unfinished string", at);
        }
        return switch (json[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> {
                unit(json, at + 1, end);
                yield at + 5;
            }
            default -> throw corrupt("unknown escape", at);
        };
    }

    /// The number that four hexadecimal digits stand for.
    static int unit(byte[] json, int at, int end) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < end ? Character.digit(json[i], 16) : -1;
            if (digit < 0) {
                throw corrupt("not four hexadecimal digits", at);
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    /// Checks the number that starts at `at`; returns the index after it.
    static int endOfNumber(byte[] json, int at, int end) {
        int next = json[at] == '-' ? at + 1 : at;
        boolean zero = next < end && json[next] == '0';
        next = zero ? next + 1 : digits(json, next, end);
        if (next < end && json[next] == '.') {
            next = digits(json, next + 1, end);
        }
        if (next < end && (json[next] | 0x20) == 'e') {
            next++;
            boolean signed = next < end && (json[next] == '+' || json[next] == '-');
            next = digits(json, signed ? next + 1 : next, end);
        }
        return next;
    }

    private static int digits(byte[] json, int at, int end) {
        int next = at;
        while (next < end && json[next] >= '0' && json[next] <= '9') {
            next++;
        }
        if (next == at) {
            throw corrupt("not a number", at);
        }
        return next;
    }

    /// Checks that `word` stands at `at`; returns the index after it.
    static int endOfWord(byte[] json, int at, int end, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (at + i >= end || json[at + i] != word[i]) {
                throw corrupt("unknown word", at);
            }
        }
        return at + word.length;
    }

    /// A failure at a byte.
    static NotJson corrupt(String message, int at) {
        return new NotJson(message, at);
    }

    /// Says what is wrong, and where. No stack trace: it is never seen.
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int at;

        NotJson(String message, int at) {
            super(message, null, false, false);
            this.at = at;
        }

        /// Index of the byte.
        int at() {
            return at;
        }
    }
}
