package dev.tiercel.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Consumer;

/// Warns of values that were probably meant as something else, and of regular expressions that a cheaper operator
/// replaces.
final class ValueWarnings {

    private static final Pattern TRANSFORMER = Pattern.compile(
            "(?:val|tolower|toupper|b64|basename|len|join|concat|getopt)\\(\\s*([a-zA-Z][a-zA-Z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_]*)+).*\\)");
    private static final Pattern PLAIN = Pattern.compile("\\^?(?:\\.[*?+])*[^\\\\.^$|?*+()\\[\\]{}]*(?:\\.[*?+])*\\$?");

    private ValueWarnings() {}

    static void check(Ast.Check check, References references, Text text, Consumer<Finding> findings) {
        List<Ast.Operand> values =
                check.right() instanceof Ast.Values(var operands, int at) ? operands : List.of(check.right());
        for (Ast.Operand value : values) {
            if (value instanceof Ast.Literal(String literal, int at)) {
                checkValue(literal, at, references, text, findings);
                if (check.operator() == Operator.REGEX && PLAIN.matches(literal)) {
                    findings.accept(Finding.warning(
                            Code.LOAD_COMPILE_CONDITION,
                            "the 'regex' operator is expensive: '" + literal
                                    + "' can be written with '=', 'startswith', 'endswith', 'contains' or 'glob'",
                            text.place(at)));
                }
            }
        }
    }

    private static void checkValue(String value, int at, References references, Text text, Consumer<Finding> findings) {
        if (value.indexOf('.') < 0) {
            return;
        }
        String kind = "";
        if (references.isField(value)) {
            kind = "field";
        } else {
            Matcher matcher = TRANSFORMER.matcher(value);
            if (matcher.matches() && references.isField(matcher.group(1))) {
                kind = "field transformer";
            }
        }
        if (!kind.isEmpty()) {
            String remedy = kind.equals("field")
                    ? "consider using the 'val()' transformer: 'val(" + value + ")'"
                    : "remove the quotes and the blanks";
            findings.accept(Finding.warning(
                    Code.LOAD_COMPILE_CONDITION,
                    "'" + value + "' may be a valid " + kind + " misused as a const string value, " + remedy,
                    text.place(at)));
        }
    }
}
