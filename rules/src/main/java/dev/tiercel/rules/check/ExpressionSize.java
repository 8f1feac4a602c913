package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Limits;
import java.util.ArrayDeque;
import java.util.Deque;

/// Bounds what a regular expression of RE2's POSIX syntax compiles to, without compiling it. RE2/J has no such
/// bounds: it unrolls repetitions, and nested ones multiply.
///
/// It takes time proportional to the length. Text that is not an expression passes; the compiler says what is wrong.
final class ExpressionSize {

    /// RE2's bound for the counts of one repetition, and for the product of nested ones.
    private static final int MOST_REPETITIONS = 1_000;

    /// Far above any size, and far below an overflow.
    private static final long HUGE = 1L << 40;

    private final String expression;
    private final Deque<Group> outer = new ArrayDeque<>();
    private Group group = new Group();
    private String problem = "";

    /// A part of the expression between parentheses, as far as it was read.
    private static final class Group {
        private long steps;
        private int repetitions = 1;
        private long lastSteps;
        private int lastRepetitions = 1;

        private void next(long itsSteps, int itsRepetitions) {
            steps = Math.min(HUGE, steps + lastSteps);
            repetitions = Math.max(repetitions, lastRepetitions);
            lastSteps = itsSteps;
            lastRepetitions = itsRepetitions;
        }
    }

    private ExpressionSize(String expression) {
        this.expression = expression;
    }

    /// Why `expression` is too large, in RE2's words; empty: it is not.
    static String problem(String expression) {
        return new ExpressionSize(expression).read();
    }

    private String read() {
        for (int at = 0; at < expression.length() && problem.isEmpty(); ) {
            at = element(at);
        }
        group.next(0, 1);
        return problem.isEmpty() && group.steps > Limits.PATTERN_UNROLLED_STEPS
                ? "pattern too large - compile failed"
                : problem;
    }

    /// Reads what starts at `at`; returns where it ends.
    private int element(int at) {
        switch (expression.charAt(at)) {
            case '(' -> open();
            case ')' -> close();
            case '*', '+', '?' -> group.lastSteps++;
            case '{' -> {
                return repetition(at);
            }
            case '[' -> {
                group.next(1, 1);
                return endOfSet(at);
            }
            case '\\' -> {
                group.next(1, 1);
                return endOfEscape(at + 1);
            }
            default -> group.next(1, 1);
        }
        return at + 1;
    }

    private void open() {
        outer.push(group);
        group = new Group();
        if (outer.size() > Limits.PATTERN_DEPTH) {
            problem = "nested more than " + Limits.PATTERN_DEPTH + " levels deep";
        }
    }

    private void close() {
        if (outer.isEmpty()) {
            return;
        }
        group.next(0, 1);
        Group inner = group;
        group = outer.pop();
        group.next(inner.steps + 2, inner.repetitions);
    }

    private int endOfSet(int at) {
        int i = at + (expression.startsWith("^", at + 1) ? 2 : 1);
        i += expression.startsWith("]", i) ? 1 : 0;
        while (i < expression.length() && expression.charAt(i) != ']') {
            int named = expression.startsWith("[:", i) ? expression.indexOf(":]", i + 2) : -1;
            i = named > 0 ? named + 2 : i + (expression.charAt(i) == '\\' ? 2 : 1);
        }
        return i + 1;
    }

    private int endOfEscape(int at) {
        int close = expression.startsWith("x{", at) ? expression.indexOf('}', at) : -1;
        return close < 0 ? at + 1 : close + 1;
    }

    /// Reads `{n}`, `{n,}` or `{n,m}`; anything else is a literal brace.
    private int repetition(int at) {
        int close = expression.indexOf('}', at);
        String[] counts =
                close < 0 ? new String[0] : expression.substring(at + 1, close).split(",", -1);
        if (counts.length == 0 || counts.length > 2 || !isCount(counts[0]) || !isUpper(counts)) {
            group.next(1, 1);
            return at + 1;
        }
        long least = number(counts[0]);
        boolean open = counts.length == 2 && counts[1].isEmpty();
        long most = open ? least : number(counts[counts.length - 1]);
        repeat(least, most, open);
        if (most > MOST_REPETITIONS || least > most || group.lastRepetitions > MOST_REPETITIONS) {
            problem = "invalid repetition size: " + expression.substring(at, close + 1);
        }
        return close + 1;
    }

    private void repeat(long least, long most, boolean open) {
        long product = group.lastRepetitions * Math.max(1, most);
        group.lastRepetitions = (int) Math.min(product, MOST_REPETITIONS + 1);
        long optional = (most - least) * (group.lastSteps + 1);
        group.lastSteps = Math.clamp(least * group.lastSteps + optional + (open ? 1 : 0), 1, HUGE);
    }

    private static boolean isCount(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isUpper(String[] counts) {
        return counts.length == 1 || counts[1].isEmpty() || isCount(counts[1]);
    }

    private static long number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
    }
}
