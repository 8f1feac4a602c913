package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.syntax.Transformer;
import java.util.List;
import java.util.function.Consumer;

/// Warns of constants that look like fields or transformers, and of regular expressions that a cheaper operator could
/// replace.
final class ValueWarnings {

    private static final String SPECIAL = ".+*?^$()[]{}|\\";
    private static final String REPETITION = "+*?";

    private ValueWarnings() {}

    static void check(Ast.Check check, References references, LocatedText text, Consumer<Problem> problems) {
        List<Ast.Operand> values =
                check.right() instanceof Ast.Values(var operands, int at) ? operands : List.of(check.right());
        for (Ast.Operand value : values) {
            if (!(value instanceof Ast.Literal(String literal, int at))) {
                continue;
            }
            if (check.operator() == Operator.REGEX && isSimple(literal)) {
                warn(
                        "regex check with '" + literal + "' may be optimized with simpler operators such as '=',"
                                + " 'contains', 'startswith', 'endswith'",
                        "",
                        text.position(at),
                        problems);
            }
            if (literal.indexOf('.') < 0 && literal.indexOf('(') < 0) {
                continue; // neither a field name nor a call
            }
            // Blanks are ignored: this looks for typos.
            String dense = dense(literal);
            if (references.isField(dense)) {
                warn(
                        "'" + literal + "' may be a valid field misused as a const string value",
                        "did you mean 'val(" + dense + ")'?",
                        text.position(at),
                        problems);
            }
            if (Transformer.CALLS.stream().anyMatch(dense::startsWith) && dense.endsWith(")")) {
                warn(
                        "'" + literal + "' may be a valid field transformer misused as a const string value",
                        "did you mean it without quotes?",
                        text.position(at),
                        problems);
            }
        }
    }

    private static String dense(String value) {
        return value.codePoints()
                .filter(c -> c != ' ' && (c < '\t' || c > '\r'))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Whether the only metacharacters of an expression are anchors and `.*` or `.+` at its ends.
    private static boolean isSimple(String expression) {
        int last = expression.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = expression.charAt(i);
            boolean anchor = (i == 0 && c == '^') || (i == last && c == '$');
            boolean anything = c == '.'
                    && (i == 0 || i == last - 1)
                    && i < last
                    && REPETITION.indexOf(expression.charAt(i + 1)) >= 0;
            if (anything) {
                i++;
            } else if (!anchor && SPECIAL.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static void warn(String message, String hint, SourcePosition position, Consumer<Problem> problems) {
        problems.accept(new Problem(Code.LOAD_COMPILE_CONDITION, message, position, hint, false, ItemName.NONE));
    }
}
