package dev.tiercel.ruletools.format;

import java.util.ArrayList;
import java.util.List;

/// Breaks a condition into lines: one line if it fits, else broken before `or` and `and`.
///
/// Works on words, not on the tree: what overrides append need not be a complete condition. Only blanks outside
/// quotes change.
final class ConditionLayout {

    private static final String INDENT = "  ";

    private final List<Word> words;

    /// A parenthesis, a comma, or anything else between blanks; quoted text and arguments are not split.
    ///
    /// @param apart whether it is preceded by a blank
    record Word(String text, boolean apart) {}

    private ConditionLayout(List<Word> words) {
        this.words = words;
    }

    static ConditionLayout of(String condition) {
        return new ConditionLayout(new Words(condition).split());
    }

    /// The condition in lines of at most `width` characters where possible.
    List<String> lines(int width) {
        return layout(0, words.size(), width);
    }

    /// As [#lines], joined, without enclosing parentheses.
    String unwrapped(int width) {
        boolean wrapped = !words.isEmpty() && words.getFirst().text().equals("(") && closing(0) == words.size() - 1;
        return String.join("\n", wrapped ? layout(1, words.size() - 1, width) : lines(width));
    }

    /// All on one line.
    String flat() {
        return flat(0, words.size());
    }

    private List<String> layout(int from, int to, int width) {
        String flat = flat(from, to);
        if (flat.length() <= width) {
            return List.of(flat);
        }
        for (String connective : List.of("or", "and")) {
            List<Integer> breaks = breaks(connective, from, to);
            if (!breaks.isEmpty()) {
                return chain(from, to, breaks, width);
            }
        }
        int open = from;
        while (open < to && words.get(open).text().equals("not")) {
            open++;
        }
        boolean group = open < to && isOpening(words.get(open).text()) && closing(open) == to - 1;
        return group ? group(from, open, to, width) : filled(from, to, width);
    }

    /// `a`, `and b`, `and c`, each on lines of its own.
    private List<String> chain(int from, int to, List<Integer> breaks, int width) {
        List<String> lines = new ArrayList<>();
        int start = from;
        for (int i = 0; i <= breaks.size(); i++) {
            int end = i < breaks.size() ? breaks.get(i) : to;
            boolean first = i == 0;
            String prefix = first ? "" : words.get(start).text() + " ";
            int operand = first ? start : start + 1;
            List<String> below = layout(operand, end, width - prefix.length());
            boolean chained = below.size() > 1 && !breaks("and", operand, end).isEmpty();
            lines.add(prefix + below.getFirst());
            below.stream().skip(1).forEach(line -> lines.add((chained ? INDENT : "") + line));
            start = end;
        }
        return lines;
    }

    /// `not (`, its content, `)`.
    private List<String> group(int from, int open, int to, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(flat(from, open + 1));
        layout(open + 1, to - 1, width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
        lines.add(")");
        return lines;
    }

    /// Fills lines to the width.
    private List<String> filled(int from, int to, int width) {
        List<String> lines = new ArrayList<>();
        int start = from;
        for (int i = from + 1; i < to; i++) {
            int room = width - (lines.isEmpty() ? 0 : 2 * INDENT.length());
            int end = i + 1;
            while (end < to && !blankBefore(end)) {
                end++;
            }
            if (blankBefore(i) && flat(start, end).length() > room) {
                lines.add((lines.isEmpty() ? "" : INDENT + INDENT) + flat(start, i));
                start = i;
            }
        }
        lines.add((lines.isEmpty() ? "" : INDENT + INDENT) + flat(start, to));
        return lines;
    }

    /// Positions of `connective` between `from` and `to`, outside parentheses.
    private List<Integer> breaks(String connective, int from, int to) {
        List<Integer> found = new ArrayList<>();
        int depth = 0;
        for (int i = from; i < to; i++) {
            String word = words.get(i).text();
            depth += isOpening(word) ? 1 : word.equals(")") ? -1 : 0;
            boolean joined = i + 1 < to && blankBefore(i) && blankBefore(i + 1);
            if (depth == 0 && i > from && joined && word.equals(connective)) {
                found.add(i);
            }
        }
        return found;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < words.size(); i++) {
            String word = words.get(i).text();
            depth += isOpening(word) ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOpening(String word) {
        return word.equals("(");
    }

    private String flat(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from && blankBefore(i) ? " " : "")
                    .append(words.get(i).text());
        }
        return text.toString();
    }

    /// No blanks after `(` and before `)`, one after each comma, others unchanged.
    private boolean blankBefore(int index) {
        String word = words.get(index).text();
        String before = index == 0 ? "(" : words.get(index - 1).text();
        if (before.equals("(") || word.equals(")") || word.equals(",")) {
            return false;
        }
        return before.equals(",") || words.get(index).apart();
    }

    /// Splits a condition into words.
    private static final class Words {
        private final String text;
        private final List<Word> words = new ArrayList<>();
        private int at;

        Words(String text) {
            this.text = text;
        }

        List<Word> split() {
            while (at < text.length()) {
                int start = at;
                while (at < text.length() && isBlank(text.charAt(at))) {
                    at++;
                }
                if (at < text.length()) {
                    boolean apart = at > start;
                    int end = end();
                    words.add(new Word(text.substring(at, end), apart));
                    at = end;
                }
            }
            return words;
        }

        private int end() {
            int end = at;
            if ("(),".indexOf(text.charAt(end)) >= 0) {
                return end + 1;
            }
            boolean argument = false;
            while (end < text.length() && !isBlank(text.charAt(end))) {
                char c = text.charAt(end);
                if (!argument && "(),".indexOf(c) >= 0) {
                    break;
                }
                argument = c == '[' || (argument && c != ']');
                end = c == '"' || c == '\'' ? quoteEnd(end) : end + 1;
            }
            return end;
        }

        /// Index after the quote that closes the one at `open`; an escaped quote does not close it.
        private int quoteEnd(int open) {
            int end = text.indexOf(text.charAt(open), open + 1);
            while (end > 0 && text.charAt(end - 1) == '\\') {
                end = text.indexOf(text.charAt(open), end + 1);
            }
            return end < 0 ? text.length() : end + 1;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\b';
        }
    }
}
