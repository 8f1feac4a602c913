package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.schemas.RawText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Quotes and unquotes values.
public final class Escapes {

    private Escapes() {}

    /// Unescapes the text between quotes to a [RawText].
    ///
    /// @param quote the quote around it, which may be escaped
    /// @param start index of the first character, for error messages
    public static String unescape(String quoted, char quote, int start) throws SyntaxException {
        if (quoted.indexOf('\\') < 0) {
            return RawText.ofUnicode(quoted);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream(quoted.length());
        int plain = 0;
        for (int at = quoted.indexOf('\\'); at >= 0; at = quoted.indexOf('\\', plain)) {
            value.writeBytes(quoted.substring(plain, at).getBytes(StandardCharsets.UTF_8));
            boolean byNumber = quoted.startsWith("x", at + 1);
            value.write(byNumber ? hexadecimal(quoted, at + 2, start) : simple(quoted, at + 1, quote, start));
            plain = at + (byNumber ? 4 : 2);
        }
        value.writeBytes(quoted.substring(plain).getBytes(StandardCharsets.UTF_8));
        return RawText.of(value.toByteArray());
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

    private static int hexadecimal(String quoted, int at, int start) throws SyntaxException {
        int end = at + 2;
        if (end > quoted.length()
                || !HexFormat.isHexDigit(quoted.charAt(at))
                || !HexFormat.isHexDigit(quoted.charAt(at + 1))) {
            throw new SyntaxException("invalid escape '\\x': two hexadecimal digits expected", start + at - 2);
        }
        return HexFormat.fromHexDigits(quoted, at, end);
    }

    /// Whether `value` needs no quotes in a condition.
    static boolean isBare(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Lexer.isBare(c) || c == '\b' || c == '\0' || RawText.isRaw(value, i)) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /// As Falco prints a value of a compiled condition: quoted if it is empty or contains blanks, quotes, backslashes
    /// or NUL, which like other bytes stands for itself.
    public static String print(String value) {
        StringBuilder printed = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String escaped = c == '\0' ? null : c == '\\' ? "\\\\" : escaped(c);
            printed.append(escaped == null ? String.valueOf(c) : escaped);
        }
        boolean escaped = printed.length() > value.length() + 1;
        return escaped || value.isEmpty() || value.chars().anyMatch(c -> c == ' ' || c == '\'' || c == '\0')
                ? printed.append('"').toString()
                : value;
    }

    /// `value` in double quotes, escaped.
    public static String quote(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i += RawText.isRaw(value, i) ? 2 : 1) {
            char c = value.charAt(i);
            String escaped = RawText.isRaw(value, i) ? "\\x%02x".formatted(value.charAt(i + 1) & 0xff) : escaped(c);
            quoted.append(escaped == null ? String.valueOf(c) : escaped);
        }
        return quoted.append('"').toString();
    }

    /// The escape of `c` in quotes; null: `c` itself.
    private static @Nullable String escaped(char c) {
        return switch (c) {
            case '\0' -> "\\x00";
            case '"' -> "\\\"";
            case '\\' -> "\\x5C";
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
