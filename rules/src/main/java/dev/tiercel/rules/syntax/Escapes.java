package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.schemas.RawText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Quotes and unquotes values.
public final class Escapes {

    private Escapes() {}

    /// Unescapes the text between quotes to a [RawText].
    ///
    /// @param quote the quote around it, which may be escaped
    /// @param start index of the first character, for error messages
    public static String unescape(String quoted, char quote, int start) throws SyntaxException {
        if (quoted.indexOf('\\') < 0 && quoted.indexOf('\0') < 0) {
            return RawText.ofUnicode(quoted);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream(quoted.length());
        int plain = 0;
        for (int at = special(quoted, 0); at < quoted.length(); at = special(quoted, plain)) {
            if (quoted.charAt(at) == '\0') {
                throw new SyntaxException("string contains a NUL character", start + at);
            }
            value.writeBytes(quoted.substring(plain, at).getBytes(StandardCharsets.UTF_8));
            boolean byNumber = quoted.startsWith("x", at + 1);
            value.write(byNumber ? hexadecimal(quoted, at + 2, start) : simple(quoted, at + 1, quote, start));
            plain = at + (byNumber ? 4 : 2);
        }
        value.writeBytes(quoted.substring(plain).getBytes(StandardCharsets.UTF_8));
        return RawText.of(value.toByteArray());
    }

    /// Index of the next backslash or NUL from `from`, or the length.
    private static int special(String quoted, int from) {
        int at = from;
        while (at < quoted.length() && quoted.charAt(at) != '\\' && quoted.charAt(at) != '\0') {
            at++;
        }
        return at;
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
        int high = at < quoted.length() ? Character.digit(quoted.charAt(at), 16) : -1;
        int low = at + 1 < quoted.length() ? Character.digit(quoted.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new SyntaxException("invalid escape '\\x': two hexadecimal digits expected", start + at - 2);
        }
        return high * 16 + low;
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

    /// `value` in double quotes, escaped.
    public static String quote(String value) {
        return quoted(value, "\\x5C");
    }

    /// As Falco prints a value of a compiled condition: quoted if it is empty or contains blanks, quotes or
    /// backslashes.
    public static String print(String value) {
        String quoted = quoted(value, "\\\\");
        boolean same = !value.isEmpty() && quoted.length() == value.length() + 2;
        return same && value.indexOf(' ') < 0 && value.indexOf('\'') < 0 ? value : quoted;
    }

    private static String quoted(String value, String backslash) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i += RawText.isRaw(value, i) ? 2 : 1) {
            char c = value.charAt(i);
            String escaped =
                    RawText.isRaw(value, i) ? "\\x%02x".formatted(value.charAt(i + 1) & 0xff) : escaped(c, backslash);
            quoted.append(escaped == null ? String.valueOf(c) : escaped);
        }
        return quoted.append('"').toString();
    }

    /// The escape of `c` in quotes; null: `c` itself.
    private static @Nullable String escaped(char c, String backslash) {
        return switch (c) {
            case '\0' -> "\\x00";
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
