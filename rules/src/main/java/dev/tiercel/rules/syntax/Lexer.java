package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.schemas.RawText;
import java.util.List;

/// Recognises the tokens of a condition at a moving position. Each `tryX` consumes its token and returns true, or
/// consumes nothing.
final class Lexer {

    private static final List<String> CONJUNCTIONS = List.of("and", "or");

    private final String input;
    private int at;
    private String token = "";

    /// Starts at index `from` of `text`.
    Lexer(LocatedText text, int from) {
        this.input = text.value();
        this.at = from;
    }

    int at() {
        return at;
    }

    /// The last token, unquoted.
    String token() {
        return token;
    }

    boolean atEnd() {
        return at >= input.length();
    }

    boolean blank() {
        int start = at;
        while (at < input.length() && isBlank(input.charAt(at))) {
            at++;
        }
        return at > start;
    }

    boolean tryString(String wanted) {
        if (!input.startsWith(wanted, at)) {
            return false;
        }
        return take(wanted.length());
    }

    /// `word` followed by a blank, which is not consumed.
    boolean tryWord(String word) {
        int end = at + word.length();
        if (!input.startsWith(word, at) || end >= input.length() || !isBlank(input.charAt(end))) {
            return false;
        }
        return take(word.length());
    }

    /// Whether the last character was a blank.
    boolean afterBlank() {
        return at > 0 && isBlank(input.charAt(at - 1));
    }

    /// `word` followed by blanks and a list, or its name; they are not consumed. `and` and `or` are no names here.
    boolean tryModifier(String word) {
        int end = at + word.length();
        if (!input.startsWith(word, at) || end >= input.length() || !isBlank(input.charAt(end))) {
            return false;
        }
        while (end < input.length() && isBlank(input.charAt(end))) {
            end++;
        }
        boolean list = end < input.length() && input.charAt(end) == '(';
        String name = input.substring(end, identifierEnd(end));
        return (list || (!name.isEmpty() && !CONJUNCTIONS.contains(name))) && take(word.length());
    }

    /// Consumes the first of `wanted` that is here.
    boolean tryOneOf(List<String> wanted) {
        for (String candidate : wanted) {
            if (tryString(candidate)) {
                return true;
            }
        }
        return false;
    }

    boolean tryIdentifier() {
        int end = identifierEnd(at);
        return end > at && take(end - at);
    }

    /// At least two identifiers separated by dots.
    boolean tryFieldName() {
        int end = identifierEnd(at);
        if (end == at) {
            return false;
        }
        int last = end;
        while (last < input.length() && input.charAt(last) == '.' && identifierEnd(last + 1) > last + 1) {
            last = identifierEnd(last + 1);
        }
        return last > end && take(last - at);
    }

    boolean tryFieldArgument() {
        int end = at;
        while (end < input.length() && isFieldArgument(input.charAt(end))) {
            end++;
        }
        return end > at && takeText(end - at);
    }

    boolean tryBareString() {
        int end = at;
        while (end < input.length() && isBare(input.charAt(end))) {
            end++;
        }
        return end > at && takeText(end - at);
    }

    /// Hexadecimal, or decimal with optional sign, point and exponent.
    boolean tryNumber() {
        int end = hexadecimalEnd();
        end = end > at ? end : decimalEnd();
        return end > at && take(end - at);
    }

    /// A string in single or double quotes; the token is its value.
    ///
    /// @throws SyntaxException if an escape in it is invalid
    boolean tryQuoted() throws SyntaxException {
        if (atEnd() || (input.charAt(at) != '"' && input.charAt(at) != '\'')) {
            return false;
        }
        char quote = input.charAt(at);
        int end = at + 1;
        while (end < input.length()
                && input.charAt(end) != '\0'
                && (input.charAt(end) != quote || input.charAt(end - 1) == '\\')) {
            end++;
        }
        if (end >= input.length() || input.charAt(end) == '\0') {
            return false;
        }
        token = Escapes.unescape(input.substring(at + 1, end), quote, at + 1);
        at = end + 1;
        return true;
    }

    private boolean takeText(int length) {
        take(length);
        token = RawText.ofUnicode(token);
        return true;
    }

    private boolean take(int length) {
        token = input.substring(at, at + length);
        at += length;
        return true;
    }

    private int identifierEnd(int start) {
        int end = start;
        while (end < input.length() && isIdentifier(input.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private int hexadecimalEnd() {
        if (!input.startsWith("0x", at) && !input.startsWith("0X", at)) {
            return at;
        }
        int end = at + 2;
        while (end < input.length() && Character.digit(input.charAt(end), 16) >= 0) {
            end++;
        }
        return end > at + 2 ? end : at;
    }

    private int decimalEnd() {
        int start = at;
        if (start < input.length() && (input.charAt(start) == '+' || input.charAt(start) == '-')) {
            start++;
        }
        int end = digitsEnd(start);
        if (end == start) {
            return at;
        }
        if (end < input.length() && input.charAt(end) == '.') {
            end = digitsEnd(end + 1);
        }
        return exponentEnd(end);
    }

    private int exponentEnd(int end) {
        boolean exponent = end + 2 < input.length()
                && (input.charAt(end) == 'e' || input.charAt(end) == 'E')
                && (input.charAt(end + 1) == '+' || input.charAt(end + 1) == '-');
        if (!exponent) {
            return end;
        }
        int digits = digitsEnd(end + 2);
        return digits > end + 2 ? digits : end;
    }

    private int digitsEnd(int start) {
        int end = start;
        while (end < input.length() && input.charAt(end) >= '0' && input.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    SyntaxException problem(String message) {
        return new SyntaxException(message, at);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
    }

    private static boolean isSpace(char c) {
        return (isBlank(c) && c != '\b') || c == '\f' || c == '\u000B';
    }

    static boolean isBare(char c) {
        return !isSpace(c) && c != '(' && c != ')' && c != '"' && c != '\'' && c != '=' && c != ',';
    }

    private static boolean isFieldArgument(char c) {
        return !isSpace(c) && c != ']' && c != '[' && c != '"' && c != '\'';
    }

    private static boolean isIdentifier(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (!first && ((c >= '0' && c <= '9') || c == '_'));
    }
}
