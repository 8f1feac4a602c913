package dev.tiercel.ruletools.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Strings as C++ writes them. Each character of a result is a byte.
final class CppText {

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern REPEATED =
            Pattern.compile("std::string\\(\\s*(\\d+)\\s*,\\s*(?:static_cast<char>\\()?\\s*('.*'|\\w+)\\s*\\)?\\)");
    private static final Pattern CONSTRUCTED =
            Pattern.compile("std::string\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:,\\s*(\\d+)\\s*)?\\)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]+|[0-7]{1,3}|.)");

    private CppText() {}

    /// The value of an expression: a literal, adjacent literals, `std::string(count, character)`, or
    /// `std::string(literal, length)`. Text that is none of them is its own value.
    static String string(String expression) {
        Matcher repeated = REPEATED.matcher(expression);
        if (repeated.matches()) {
            return character(repeated.group(2)).repeat(Integer.parseInt(repeated.group(1)));
        }
        Matcher constructed = CONSTRUCTED.matcher(expression);
        if (constructed.matches()) {
            return constructed(unescaped(constructed.group(1)), constructed.group(2));
        }
        String trimmed = expression.strip();
        boolean literal = trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        if (!literal) {
            return expression;
        }
        StringBuilder value = new StringBuilder();
        Matcher literals = LITERAL.matcher(trimmed);
        while (literals.find()) {
            value.append(unescaped(literals.group(1)));
        }
        return value.toString();
    }

    /// Without a length it ends at the first NUL.
    private static String constructed(String value, @Nullable String length) {
        int end = length == null ? value.indexOf('\0') : Integer.parseInt(length);
        return end < 0 ? value : value.substring(0, end);
    }

    /// The value of the last literal in `expression`, or empty.
    static String lastString(String expression) {
        Matcher literals = LITERAL.matcher(expression);
        String last = "";
        while (literals.find()) {
            last = unescaped(literals.group(1));
        }
        return last;
    }

    private static String character(String text) {
        if (text.startsWith("'")) {
            return unescaped(text.substring(1, text.length() - 1));
        }
        return String.valueOf((char) (int) Integer.decode(text));
    }

    /// What stands between the quotes of a literal.
    static String unescaped(String literal) {
        return ESCAPE.matcher(literal).replaceAll(match -> Matcher.quoteReplacement(escape(match.group(1))));
    }

    private static String escape(String code) {
        char first = code.charAt(0);
        if (first == 'x' && code.length() > 1) {
            return String.valueOf((char) Integer.parseInt(code.substring(1), 16));
        }
        if (first >= '0' && first <= '7') {
            return String.valueOf((char) Integer.parseInt(code, 8));
        }
        return switch (first) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            default -> code;
        };
    }
}
