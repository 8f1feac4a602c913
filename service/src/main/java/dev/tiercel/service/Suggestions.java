package dev.tiercel.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// Finds the name that was probably meant.
public final class Suggestions {
    private Suggestions() {}

    /// The candidate with the smallest edit distance, if that is at most a third of the length of `written`.
    public static Optional<String> closest(String written, Collection<String> candidates) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, written.length() / 3));
        return candidates.stream()
                .filter(candidate -> distance.apply(written, candidate) >= 0) // -1: beyond the limit
                .min(Comparator.comparingInt((String candidate) -> distance.apply(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
