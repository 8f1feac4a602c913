package dev.tiercel.rules.engine;

import dev.tiercel.rules.match.TextMatches;
import dev.tiercel.rules.match.TextTable;
import org.jspecify.annotations.Nullable;

/// Sets of rules as bit sets.
final class RuleBits {

    private RuleBits() {}

    /// The set of the first `count`.
    static long[] first(int count) {
        long[] all = new long[(count + 63) >> 6];
        fill(count, all);
        return all;
    }

    /// Makes `candidates` the set of the first `count`.
    static void fill(int count, long[] candidates) {
        int whole = count >> 6;
        for (int i = 0; i < whole; i++) {
            candidates[i] = -1;
        }
        if ((count & 63) != 0) {
            candidates[whole] = (1L << count) - 1;
        }
    }

    static boolean intersects(long[] candidates, long[] others) {
        for (int i = 0; i < others.length; i++) {
            if ((candidates[i] & others[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Removes `struck`; whether any is left.
    static boolean remove(long[] candidates, long[] struck) {
        long left = 0;
        for (int i = 0; i < struck.length; i++) {
            candidates[i] &= ~struck[i];
            left |= candidates[i];
        }
        return left != 0;
    }

    /// Removes what a table strikes; whether any is left.
    static boolean strike(Evaluation evaluation, long[] candidates, GroupPlan.Strike.Texts texts) {
        long[] concerned = texts.concerned();
        if (!intersects(candidates, concerned)) {
            return true;
        }
        long left = 0;
        for (int i = 0; i < concerned.length; i++) {
            candidates[i] &= ~concerned[i] | matching(evaluation, texts, i);
            left |= candidates[i];
        }
        return left != 0;
    }

    /// The candidates of one word that a table leaves.
    static long strike(Evaluation evaluation, long candidates, GroupPlan.Strike.Texts texts) {
        long concerned = texts.concerned()[0];
        return (candidates & concerned) == 0 ? candidates : candidates & (~concerned | matching(evaluation, texts, 0));
    }

    /// Word `word` of the rules with a satisfied predicate.
    private static long matching(Evaluation evaluation, GroupPlan.Strike.Texts texts, int word) {
        TextTable table = texts.table();
        return table.ofProcess() ? ofProcess(evaluation, texts, word) : ofEvent(evaluation.matched(table), texts, word);
    }

    private static long ofEvent(TextMatches matched, GroupPlan.Strike.Texts texts, int word) {
        long rules = 0;
        for (int i = 0; i < matched.count(); i++) {
            rules |= word(texts.masks()[matched.predicate(i)], word);
        }
        return rules;
    }

    private static long ofProcess(Evaluation evaluation, GroupPlan.Strike.Texts texts, int word) {
        long rules = 0;
        int words = (texts.table().size() + 63) >> 6;
        for (int i = 0; i < words; i++) {
            long satisfied = evaluation.processMatches(texts.table(), i);
            while (satisfied != 0) {
                int predicate = (i << 6) + Long.numberOfTrailingZeros(satisfied);
                rules |= word(texts.masks()[predicate], word);
                satisfied &= satisfied - 1;
            }
        }
        return rules;
    }

    private static long word(long @Nullable [] mask, int word) {
        return mask == null ? 0 : mask[word];
    }
}
