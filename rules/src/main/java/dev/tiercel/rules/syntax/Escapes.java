package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.SyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Quotes and unquotes values.
public final class Escapes {

    private Escapes() {}

    /// Unescapes the text between quotes.
    ///
    /// @param quote the quote around it, which may be escaped
    /// @param start index of the first character, for error messages
    public static String unescape(String quoted, char quote, int start) throws SyntaxException {
        if (quoted.indexOf('\\') < 0 && quoted.indexOf('\0') < 0) {
            return quoted;
        }
        StringBuilder value = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\0') {
                throw new SyntaxException("string contains a NUL character", start + i);
            }
            if (c != '\\') {
                value.append(c);
            } else if (i + 1 < quoted.length() && quoted.charAt(i + 1) == 'x') {
                value.append(hexadecimal(quoted, i + 2, start));
                i += 3;
            } else {
                i++;
                value.append(simple(quoted, i, quote, start));
            }
        }
        return decodeBytes(value);
    }

    private static char simple(String quoted, int at, char quote, int start) throws SyntaxException {
        if (at >= quoted.length()) {
            throw new SyntaxException("unterminated escape", start + at);
        }
        char c = quoted.charAt(at);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case ' ' -> '\\';
            case '\\', '/' -> c;
            default -> {
                if (c == quote) {
                    yield c;
                }
                throw new SyntaxException("invalid escape '\\" + c + "'", start + at - 1);
            }
        };
    }

    /// A byte above 0x7f written as `\xHH` is represented as this plus the byte: a lone low surrogate, which no text
    /// contains.
    private static final char BYTE_MARK = '\uDC00';

    private static char hexadecimal(String quoted, int at, int start) throws SyntaxException {
        int high = at < quoted.length() ? Character.digit(quoted.charAt(at), 16) : -1;
        int low = at + 1 < quoted.length() ? Character.digit(quoted.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new SyntaxException("invalid escape '\\x': two hexadecimal digits expected", start + at - 2);
        }
        int value = high * 16 + low;
        if (value == 0) {
            throw new SyntaxException("string contains a NUL character", start + at - 2);
        }
        return value < 0x80 ? (char) value : (char) (BYTE_MARK + value);
    }

    /// Decodes runs of bytes above 0x7f as UTF-8; bytes that are not valid UTF-8 stay marked.
    private static String decodeBytes(StringBuilder value) {
        StringBuilder decoded = new StringBuilder(value.length());
        byte[] bytes = new byte[value.length()];
        int count = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i < value.length() && isMarkedByte(value, i)) {
                bytes[count++] = (byte) (value.charAt(i) - BYTE_MARK);
                continue;
            }
            if (count > 0) {
                decoded.append(decodeRun(bytes, count));
                count = 0;
            }
            if (i < value.length()) {
                decoded.append(value.charAt(i));
            }
        }
        return decoded.toString();
    }

    private static String decodeRun(byte[] bytes, int count) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder marked = new StringBuilder();
            for (int i = 0; i < count; i++) {
                marked.append((char) (BYTE_MARK + (bytes[i] & 0xff)));
            }
            return marked.toString();
        }
    }

    private static boolean isMarkedByte(CharSequence value, int at) {
        char c = value.charAt(at);
        return c >= BYTE_MARK + 0x80
                && c <= BYTE_MARK + 0xff
                && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }

    /// The bytes of a value: UTF-8, with `\xHH` bytes unchanged.
    public static byte[] bytes(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if (isMarkedByte(value, i)) {
                bytes.writeBytes(value.substring(start, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(value.charAt(i) - BYTE_MARK);
                start = i + 1;
            }
        }
        bytes.writeBytes(value.substring(start).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /// Whether `value` needs no quotes in a condition.
    static boolean isBare(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Lexer.isBare(c) || c == '\b' || c == '\0' || isMarkedByte(value, i)) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /// `value` in double quotes, escaped.
    public static String quote(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String escaped = escaped(c, "\\x5C");
            if (escaped == null) {
                quoted.append(isMarkedByte(value, i) ? "\\x%02x".formatted(c - BYTE_MARK) : c);
            } else {
                quoted.append(escaped);
            }
        }
        return quoted.append('"').toString();
    }

    /// As Falco prints a value of a compiled condition: quoted if it is empty or contains blanks, quotes or
    /// backslashes.
    public static String print(String value) {
        StringBuilder printed = new StringBuilder("\"");
        boolean quoted = value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String escaped = escaped(c, "\\\\");
            boolean marked = isMarkedByte(value, i);
            quoted |= escaped != null || marked || c == ' ' || c == '\'';
            printed.append(marked ? "\\x%02x".formatted(c - BYTE_MARK) : escaped == null ? String.valueOf(c) : escaped);
        }
        return quoted ? printed.append('"').toString() : value;
    }

    /// The escape of `c` in quotes; null: `c` itself.
    private static @Nullable String escaped(char c, String backslash) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> backslash;
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> null;
        };
    }

    /// Quoted if necessary.
    public static String quoteIfNeeded(String value) {
        return isBare(value) ? value : quote(value);
    }
}
