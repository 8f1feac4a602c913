package dev.tiercel.rules.source;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// Suggests corrections of misspelt names.
public final class Suggestion {

    private Suggestion() {}

    /// Longer words are not looked up: it would cost too much.
    private static final int LONGEST_WORD = 100;
    private static final int MOST_CANDIDATES = 5_000;

    /// `did you mean 'x'?` with the candidate closest to `word`, or empty if none is close: by insertions, deletions,
    /// replacements and transpositions, ignoring case. Among equally close ones, one that starts with `word` wins.
    public static String of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_WORD || candidates.size() > MOST_CANDIDATES) {
            return "";
        }
        String best = "";
        int limit = Math.clamp(word.length() / 3, 1, 3);
        int bestDistance = limit + 1;
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(limit);
        String folded = word.toLowerCase(Locale.ROOT);
        boolean bestBegun = false;
        for (String candidate : candidates) {
            String other = candidate.toLowerCase(Locale.ROOT);
            int edits = distance.apply(folded, other); // -1: beyond the limit
            boolean begun = other.startsWith(folded);
            if (edits >= 0 && (edits < bestDistance || (edits == bestDistance && begun && !bestBegun))) {
                bestDistance = edits;
                best = candidate;
                bestBegun = begun;
            }
        }
        return best.isEmpty() ? "" : "did you mean '" + best + "'?";
    }
}
