package dev.tiercel.rules.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tiercel.rules.source.Limits;
import java.util.HashMap;
import java.util.Map;

/// Checks the regular expressions of a rule set, each once, and bounds what all of them together compile to.
final class RegularExpressions {

    /// Characters of a refused expression that are shown, so that the reason after them is not cut off.
    private static final int SHOWN = 200;

    private final Map<String, String> problems = new HashMap<>();
    private long steps;

    /// Why `expression` is refused, with the expression itself, as Falco says it; empty: it is not.
    String problem(String expression) {
        return problems.computeIfAbsent(expression, this::check);
    }

    private String check(String expression) {
        if (expression.length() > Limits.PATTERN_CHARACTERS) {
            return "pattern is longer than " + Limits.PATTERN_CHARACTERS + " characters";
        }
        String problem = PosixExpressions.problem(expression);
        problem = problem.isEmpty() ? ExpressionSize.problem(expression) : problem;
        return problem.isEmpty() ? compile(expression) : invalid(expression, problem);
    }

    private String compile(String expression) {
        try {
            int size = Pattern.compile(expression).programSize();
            if (size > Limits.PATTERN_STEPS) {
                return "regular expression takes more than " + Limits.PATTERN_STEPS + " steps";
            }
            steps += size;
        } catch (PatternSyntaxException e) {
            return invalid(expression, e.getDescription());
        }
        return steps <= Limits.ALL_PATTERN_STEPS
                ? ""
                : "regular expressions take more than " + Limits.ALL_PATTERN_STEPS + " steps in all";
    }

    private static String invalid(String expression, String problem) {
        String shown = expression.length() <= SHOWN ? expression : expression.substring(0, SHOWN) + "…";
        return "invalid regex pattern: '" + shown + "': " + problem;
    }
}
