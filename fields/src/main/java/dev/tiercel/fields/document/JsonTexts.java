package dev.tiercel.fields.document;

/// Rewrites the bytes of JSON that has been checked; the result is never longer. Stateless.
final class JsonTexts {

    private static final int REPLACEMENT = 0xFFFD;

    private JsonTexts() {}

    /// Writes the UTF-8 of what a string says, given the bytes between its quotes; returns its length. Half a
    /// surrogate pair is U+FFFD.
    static int unescape(byte[] json, int from, int to, byte[] into) {
        int length = 0;
        int at = from;
        while (at < to) {
            byte b = json[at++];
            if (b != '\\') {
                into[length++] = b;
            } else if (json[at] != 'u') {
                into[length++] = simple(json[at++]);
            } else {
                int codePoint = codePoint(json, at + 1, to);
                at += codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 11 : 5;
                length = encode(codePoint, into, length);
            }
        }
        return length;
    }

    private static byte simple(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    /// Of the digits at `at`, and of those of the escape after them if it is the other half of a pair.
    private static int codePoint(byte[] json, int at, int to) {
        int unit = JsonScanner.unit(json, at, to);
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            return unit;
        }
        boolean followed = at + 10 <= to && json[at + 4] == '\\' && json[at + 5] == 'u';
        int other = followed ? JsonScanner.unit(json, at + 6, to) : 0;
        return Character.isHighSurrogate((char) unit) && Character.isLowSurrogate((char) other)
                ? Character.toCodePoint((char) unit, (char) other)
                : REPLACEMENT;
    }

    private static int encode(int c, byte[] into, int at) {
        int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        int rest = c;
        for (int i = length - 1; i > 0; i--) {
            into[at + i] = (byte) (0x80 | (rest & 0x3f));
            rest >>>= 6;
        }
        into[at] = (byte) (length == 1 ? rest : ((0xf00 >> length) & 0xff) | rest);
        return at + length;
    }

    /// Writes JSON without whitespace between tokens; returns its length.
    static int compact(byte[] json, int from, int to, byte[] into) {
        int length = 0;
        boolean quoted = false;
        for (int at = from; at < to; at++) {
            byte b = json[at];
            if (quoted || !JsonScanner.isSpace(b)) {
                into[length++] = b;
            }
            if (b == '"') {
                quoted = !quoted;
            } else if (b == '\\') {
                into[length++] = json[++at];
            }
        }
        return length;
    }

    /// JSON without whitespace between tokens, a line for each value; arrays and objects without any stay in one.
    static String indented(String compact) {
        StringBuilder out = new StringBuilder(2 * compact.length());
        int depth = 0;
        for (int at = 0; at < compact.length(); at++) {
            char c = compact.charAt(at);
            boolean empty = at + 1 < compact.length() && isClose(compact.charAt(at + 1));
            switch (c) {
                case '"' -> {
                    int end = endOfString(compact, at);
                    out.append(compact, at, end);
                    at = end - 1;
                }
                case '{', '[' -> {
                    out.append(c);
                    if (empty) {
                        out.append(compact.charAt(++at));
                    } else {
                        line(out, ++depth);
                    }
                }
                case '}', ']' -> line(out, --depth).append(c);
                case ',' -> line(out.append(c), depth);
                case ':' -> out.append(": ");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isClose(char c) {
        return c == '}' || c == ']';
    }

    private static int endOfString(String json, int quote) {
        int at = quote + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static StringBuilder line(StringBuilder out, int depth) {
        return out.append('\n').append("  ".repeat(depth));
    }
}
