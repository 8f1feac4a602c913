package dev.tiercel.fields.document;

import dev.tiercel.testkit.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;

/// JSON with whatever JSON may have but half surrogate pairs: escapes, nesting, whitespace, odd numbers, and names
/// that occur twice.
final class GeneratedJson {

    private static final List<String> PIECES = List.of(
            "a",
            "verb",
            "~",
            "/",
            "é",
            "日本",
            "😀",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\ud83d\\ude00",
            "\\u00e9",
            "\\u0000",
            "\u007f",
            "a longer piece of plain text ");
    private static final List<String> NUMBERS =
            List.of("0", "-0", "7", "-12", "3.25", "1e5", "1E+2", "2.5e-3", "12345678901234567890123");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\r\n\t", "  ");

    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();

    GeneratedJson(long seed) {
        random = Seeds.random(seed);
    }

    String next() {
        out.setLength(0);
        value(4);
        return out.toString();
    }

    private void value(int depth) {
        space();
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> string();
            case 1 -> out.append(Seeds.oneOf(random, NUMBERS));
            case 2 -> out.append("true");
            case 3 -> out.append("false");
            case 4 -> out.append("null");
            case 5 -> several('[', ']', depth);
            default -> several('{', '}', depth);
        }
        space();
    }

    private void several(char open, char close, int depth) {
        out.append(open);
        space();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(',');
            }
            if (open == '{') {
                space();
                string();
                space();
                out.append(':');
            }
            value(depth - 1);
        }
        out.append(close);
    }

    private void string() {
        out.append('"');
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(Seeds.oneOf(random, PIECES));
        }
        out.append('"');
    }

    private void space() {
        out.append(Seeds.oneOf(random, SPACES));
    }
}
