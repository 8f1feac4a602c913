package dev.tiercel.rules.source;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// Finds what somebody may have meant.
public final class Suggestion {

    private Suggestion() {}

    /// Nobody means a longer word, and looking for it would cost much.
    private static final int LONGEST_WORD = 100;
    private static final int MOST_CANDIDATES = 5_000;

    /// `did you mean 'x'?` with the candidate nearest to `word`, or nothing if none is near: by insertions, deletions,
    /// replacements and swaps of neighbours, whatever the case. Of equally near ones, one that `word` begins.
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
