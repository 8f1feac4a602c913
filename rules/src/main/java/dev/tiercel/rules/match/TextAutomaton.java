package dev.tiercel.rules.match;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;

/// Reports which of many ASCII patterns a string starts with, ends with or contains, reading each character at most
/// once.
///
/// A trie in one table of state and character class; for *contains* completed with failure transitions: the
/// automaton of Aho and Corasick (CACM 18:6, 1975).
final class TextAutomaton {

    /// Maximum number of table entries; beyond, patterns are searched one by one.
    private static final int MOST_ENTRIES = 1 << 22;

    private static final int ASCII = 128;
    private static final int NONE = -1;
    private static final int[] NOTHING = {};

    private final short[] classes = new short[ASCII];
    private final int classCount;
    private int[] next;
    private int[][] found;
    private int states = 1;

    private TextAutomaton(int classCount) {
        this.classCount = classCount;
        next = new int[classCount];
        Arrays.fill(next, NONE);
        found = new int[][] {NOTHING};
    }

    /// Whether the patterns fit in a table.
    static boolean canHold(Iterable<String> patterns) {
        long entries = 1;
        for (String pattern : patterns) {
            entries += pattern.length();
            if (!pattern.chars().allMatch(c -> c < ASCII)) {
                return false;
            }
        }
        return entries * ASCII <= MOST_ENTRIES;
    }

    /// For [#prefixes].
    ///
    /// @param patterns each with what to report
    static TextAutomaton ofPrefixes(Map<String, int[]> patterns) {
        TextAutomaton automaton = empty(patterns);
        patterns.forEach((pattern, predicates) -> automaton.add(pattern, predicates, false));
        return automaton;
    }

    /// For [#suffixes].
    static TextAutomaton ofSuffixes(Map<String, int[]> patterns) {
        TextAutomaton automaton = empty(patterns);
        patterns.forEach((pattern, predicates) -> automaton.add(pattern, predicates, true));
        return automaton;
    }

    /// For [#parts].
    static TextAutomaton ofParts(Map<String, int[]> patterns) {
        TextAutomaton automaton = ofPrefixes(patterns);
        automaton.complete();
        return automaton;
    }

    private static TextAutomaton empty(Map<String, int[]> patterns) {
        boolean[] occurs = new boolean[ASCII];
        patterns.keySet().forEach(pattern -> pattern.chars().forEach(c -> occurs[c] = true));
        int count = 1;
        for (boolean one : occurs) {
            count += one ? 1 : 0;
        }
        TextAutomaton automaton = new TextAutomaton(count);
        short number = 1;
        for (int c = 0; c < ASCII; c++) {
            automaton.classes[c] = occurs[c] ? number++ : 0;
        }
        return automaton;
    }

    private void add(String pattern, int[] predicates, boolean reversed) {
        int state = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(reversed ? pattern.length() - 1 - i : i);
            int edge = state * classCount + classes[c];
            state = next[edge] == NONE ? newState(edge) : next[edge];
        }
        found[state] = predicates;
    }

    private int newState(int from) {
        int state = states++;
        next[from] = state;
        int end = states * classCount;
        if (end > next.length) {
            int old = next.length;
            next = Arrays.copyOf(next, Math.max(end, old * 2));
            Arrays.fill(next, old, next.length, NONE);
            found = Arrays.copyOf(found, next.length / classCount);
        }
        found[state] = NOTHING;
        return state;
    }

    /// Completes the transitions of every state with those of its longest proper suffix that is a prefix.
    private void complete() {
        int[] failure = new int[states];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int c = 0; c < classCount; c++) {
            if (next[c] == NONE) {
                next[c] = 0;
            } else {
                queue.add(next[c]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state] = union(found[state], found[failure[state]]);
            for (int c = 0; c < classCount; c++) {
                int edge = state * classCount + c;
                int instead = next[failure[state] * classCount + c];
                if (next[edge] == NONE) {
                    next[edge] = instead;
                } else {
                    failure[next[edge]] = instead;
                    queue.add(next[edge]);
                }
            }
        }
    }

    private static int[] union(int[] first, int[] second) {
        if (second.length == 0) {
            return first;
        }
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Reports the patterns that `value` starts with.
    void prefixes(String value, TextMatches matched) {
        int state = 0;
        matched.add(found[0]);
        for (int i = 0; i < value.length(); i++) {
            state = next[state * classCount + classOf(value.charAt(i))];
            if (state == NONE) {
                return;
            }
            matched.add(found[state]);
        }
    }

    /// Reports the patterns that `value` ends with.
    void suffixes(String value, TextMatches matched) {
        int state = 0;
        matched.add(found[0]);
        for (int i = value.length() - 1; i >= 0; i--) {
            state = next[state * classCount + classOf(value.charAt(i))];
            if (state == NONE) {
                return;
            }
            matched.add(found[state]);
        }
    }

    /// Whether `value` starts with some pattern.
    boolean hasPrefix(String value) {
        int state = 0;
        for (int i = 0; state != NONE && found[state].length == 0; i++) {
            state = i < value.length() ? next[state * classCount + classOf(value.charAt(i))] : NONE;
        }
        return state != NONE;
    }

    /// Whether `value` ends with some pattern.
    boolean hasSuffix(String value) {
        int state = 0;
        for (int i = value.length() - 1; state != NONE && found[state].length == 0; i--) {
            state = i >= 0 ? next[state * classCount + classOf(value.charAt(i))] : NONE;
        }
        return state != NONE;
    }

    /// Reports the patterns that `value` contains.
    void parts(String value, TextMatches matched) {
        int state = 0;
        matched.add(found[0]);
        for (int i = 0; i < value.length(); i++) {
            state = next[state * classCount + classOf(value.charAt(i))];
            if (found[state].length > 0) {
                matched.add(found[state]);
            }
        }
    }

    private int classOf(char c) {
        return c < ASCII ? classes[c] : 0;
    }
}
