package dev.tiercel.rules;

/// Finds each character of a scalar's value in the file: escapes, folding and indentation make them differ.
final class ScalarText {

    private ScalarText() {}

    /// The value of `scalar`; a character that escapes or folding made up stands where they are.
    static Text align(Yaml.Scalar scalar) {
        SourceFile file = scalar.place().file();
        String raw = file.content();
        String value = scalar.value();
        int at = skipHeader(raw, scalar);
        int end = Math.min(scalar.end(), raw.length());
        Text.Builder text = new Text.Builder();
        for (int i = 0; i < value.length(); i++) {
            char wanted = value.charAt(i);
            if (isBlank(wanted)) {
                text.append(wanted, file, Math.min(at, Math.max(end - 1, 0)));
                at += at < end && isBlank(raw.charAt(at)) ? 1 : 0;
                continue;
            }
            int found = at;
            while (found < end && raw.charAt(found) != wanted) {
                found++;
            }
            if (found < end) {
                at = found;
            }
            text.append(wanted, file, Math.min(at, Math.max(end - 1, 0)));
            at += found < end ? 1 : 0;
        }
        return text.build();
    }

    /// Past an opening quote, or past the line of `|` or `>`.
    private static int skipHeader(String raw, Yaml.Scalar scalar) {
        int start = scalar.place().offset();
        if (scalar.plain() || start >= raw.length()) {
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
