package dev.tiercel.service;

import java.util.regex.Pattern;

/// Makes text that comes from outside fit for a log or a terminal: what could forge a line, move the cursor, or turn
/// the direction of writing is shown as an escape, `\n`, `\x1b`, `\u202e`, and does nothing.
///
/// Escaped are the control characters of C0 and C1, DEL, U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069,
/// and surrogates without a partner. Other text, backslashes included, stays as it is.
public final class PlainText {
    private static final Pattern CONTINUED = Pattern.compile("\n(?=[^ \t\n])");

    private PlainText() {}

    /// `text` on one line: line ends are escaped, too.
    public static String line(String text) {
        return escape(text, false, false);
    }

    /// `text` on as many lines as it has: line feeds and tabs stay, carriage returns do not.
    public static String lines(String text) {
        return escape(text, true, false);
    }

    /// As [#lines], and what follows the first line is indented: no line of it can pass for one of the log.
    public static String block(String text) {
        String lines = lines(text);
        return lines.indexOf('\n') < 0 ? lines : CONTINUED.matcher(lines).replaceAll("\n  ");
    }

    /// Valid JSON on one or more lines, as it may be printed on a terminal: the same document with escapes of JSON.
    public static String json(String text) {
        return escape(text, true, true);
    }

    /// The same object if there is nothing to escape.
    private static String escape(String text, boolean lines, boolean json) {
        int clean = 0;
        while (clean < text.length() && !isEscaped(text, clean, lines)) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isEscaped(text, i, lines)) {
                escaped.append(c);
            } else if (json) {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                append(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static boolean isEscaped(String text, int index, boolean lines) {
        char c = text.charAt(index);
        if (c < 0x20) {
            return c != '\t' && !(lines && c == '\n');
        }
        if (c < 0x7f) {
            return false;
        }
        return c < 0xa0 || isDirection(c) || isLoneSurrogate(text, index);
    }

    private static boolean isDirection(char c) {
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static void append(StringBuilder escaped, char c) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            default -> escaped.append(c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
        }
    }
}
