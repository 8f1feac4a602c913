package dev.tiercel.rules;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// Finds what somebody may have meant.
final class Suggestion {

    private Suggestion() {}

    /// Nobody means a longer word, and looking for it would cost much.
    private static final int LONGEST_WORD = 100;
    private static final int MOST_CANDIDATES = 5_000;

    /// `did you mean 'x'?` with the candidate nearest to `word`, or nothing if none is near: by insertions, deletions,
    /// replacements and swaps of neighbours, whatever the case.
    static String of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_WORD || candidates.size() > MOST_CANDIDATES) {
            return "";
        }
        String best = "";
        int limit = Math.clamp(word.length() / 3, 1, 3);
        int bestDistance = limit + 1;
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(limit);
        String folded = word.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            int edits = distance.apply(folded, candidate.toLowerCase(Locale.ROOT));
            if (edits >= 0 && edits < bestDistance) {
                bestDistance = edits;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "did you mean '" + best + "'?";
    }
}
