package dev.tiercel.rules;

import java.util.Collection;
import java.util.Locale;

/// Finds what somebody may have meant.
final class Suggestion {

    private Suggestion() {}

    /// Nobody means a longer word, and looking for it would cost much.
    private static final int LONGEST_WORD = 100;
    private static final int MOST_CANDIDATES = 5_000;

    /// `did you mean 'x'?` with the candidate nearest to `word`, or nothing if none is near.
    static String of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_WORD || candidates.size() > MOST_CANDIDATES) {
            return "";
        }
        String best = "";
        int bestDistance = Math.max(1, Math.min(3, word.length() / 3)) + 1;
        String folded = word.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            int distance = distance(folded, candidate, bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "did you mean '" + best + "'?";
    }

    /// Insertions, deletions, replacements and swaps of neighbours between `left` and `word` in lower case; `limit` if
    /// as many or more.
    private static int distance(String left, String word, int limit) {
        if (Math.abs(left.length() - word.length()) >= limit) {
            return limit;
        }
        String right = word.toLowerCase(Locale.ROOT);
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        int before = 0;
        for (int i = 0; i <= left.length(); i++) {
            int least = limit;
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, left, right, i, j);
                least = Math.min(least, cost[i][j]);
            }
            // A swap looks back two rows: only two far ones in a row are final.
            if (least >= limit && before >= limit) {
                return limit;
            }
            before = least;
        }
        return Math.min(limit, cost[left.length()][right.length()]);
    }

    private static int step(int[][] cost, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
