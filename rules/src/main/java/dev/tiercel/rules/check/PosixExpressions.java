package dev.tiercel.rules.check;

import dev.tiercel.schemas.RawText;

/// Restricts regular expressions to what Falco accepts: RE2's POSIX syntax, without classes like `\d`, word
/// boundaries and `(?…)`. RE2/J itself always accepts the full syntax.
final class PosixExpressions {

    /// Letters allowed after a backslash: control characters and hexadecimal escapes.
    private static final String ESCAPED_LETTERS = "afnrtvx";

    private PosixExpressions() {}

    /// The first unsupported construct of `expression`; empty: none.
    static String problem(String expression) {
        if (!RawText.isUtf8(expression)) {
            return "invalid UTF-8";
        }
        boolean set = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i++;
                if (i < expression.length() && isForeign(expression.charAt(i))) {
                    return "invalid escape sequence: \\" + expression.charAt(i);
                }
            } else if (set) {
                boolean named = expression.startsWith("[:", i) && expression.indexOf(":]", i + 2) > 0;
                i = named ? expression.indexOf(":]", i + 2) + 1 : i;
                set = named || c != ']';
            } else if (c == '[') {
                set = true;
                i += expression.startsWith("^", i + 1) ? 1 : 0;
                i += expression.startsWith("]", i + 1) ? 1 : 0;
            } else if (c == '(' && expression.startsWith("?", i + 1)) {
                return "no argument for repetition operator: ?";
            }
        }
        return "";
    }

    private static boolean isForeign(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return (letter && ESCAPED_LETTERS.indexOf(c) < 0) || c == '8' || c == '9';
    }
}
