package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;

/// Maps each character of a scalar's value to its offset in the file; escapes, folding and indentation make them
/// differ.
final class ScalarText {

    /// How far ahead to search for a character; escapes and blanks, the long gaps, are skipped first.
    private static final int WINDOW = 16;

    private final String raw;
    private final int end;
    private final boolean escapes;
    private int at;

    private ScalarText(Yaml.Scalar scalar) {
        this.raw = scalar.position().file().content();
        this.end = Math.min(scalar.end(), raw.length());
        int start = scalar.plain()
                ? scalar.position().offset()
                : skipProperties(scalar.position().offset());
        this.escapes = !scalar.plain() && start < end && raw.charAt(start) == '"';
        this.at = scalar.plain() ? start : skipHeader(start);
    }

    /// The value of `scalar`; a character produced by an escape or by folding has the offset of that.
    static LocatedText align(Yaml.Scalar scalar) {
        ScalarText aligner = new ScalarText(scalar);
        LocatedText.Builder text = new LocatedText.Builder();
        String value = scalar.value();
        for (int i = 0; i < value.length(); i++) {
            int offset = aligner.next(value.charAt(i));
            text.append(value.charAt(i), scalar.position().file(), Math.min(offset, Math.max(aligner.end - 1, 0)));
        }
        return text.build();
    }

    /// Offset of the next character of the value; moves past it.
    private int next(char wanted) {
        if (!isBlank(wanted)) {
            skipBlanks();
        }
        if (escapes && at < end && raw.charAt(at) == '\\') {
            return escape(wanted);
        }
        if (isBlank(wanted)) {
            int offset = at;
            at += at < end && isBlank(raw.charAt(at)) ? 1 : 0;
            return offset;
        }
        int found = at;
        int last = Math.min(end, at + WINDOW);
        while (found < last && raw.charAt(found) != wanted) {
            found++;
        }
        if (found == last) {
            return at;
        }
        at = found + 1;
        return found;
    }

    /// Offset of an escape; moves past it, and past an escaped line break, which yields no character.
    private int escape(char wanted) {
        int start = at;
        char kind = start + 1 < end ? raw.charAt(start + 1) : ' ';
        if (kind == '\n' || kind == '\r') {
            at = start + 2;
            skipBlanks();
            return next(wanted);
        }
        int digits = switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
        // The first half of a surrogate pair leaves the escape to the second.
        at = Character.isHighSurrogate(wanted) && kind == 'U' ? start : Math.min(end, start + 2 + digits);
        return start;
    }

    private void skipBlanks() {
        while (at < end && isBlank(raw.charAt(at))) {
            at++;
        }
    }

    /// Skips `&anchor` and `!tag`.
    private int skipProperties(int start) {
        int offset = start;
        while (offset < end && (raw.charAt(offset) == '&' || raw.charAt(offset) == '!')) {
            while (offset < end && !isBlank(raw.charAt(offset))) {
                offset++;
            }
            while (offset < end && isBlank(raw.charAt(offset))) {
                offset++;
            }
        }
        return offset;
    }

    /// Skips an opening quote, or the line of `|` or `>`.
    private int skipHeader(int start) {
        if (start >= raw.length()) {
            return start;
        }
        char first = raw.charAt(start);
        if (first == '|' || first == '>') {
            int line = raw.indexOf('\n', start);
            return line < 0 ? start : line + 1;
        }
        return start + 1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
