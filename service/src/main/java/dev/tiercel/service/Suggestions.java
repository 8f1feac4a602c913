package dev.tiercel.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody probably meant to write.
public final class Suggestions {
    private Suggestions() {}

    /// The candidate with the smallest edit distance, if that is at most a third of the length of `written`.
    public static Optional<String> closest(String written, Collection<String> candidates) {
        int limit = Math.max(1, written.length() / 3);
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(written, candidate) <= limit);
    }

    /// Levenshtein distance.
    static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[right.length()];
    }
}
