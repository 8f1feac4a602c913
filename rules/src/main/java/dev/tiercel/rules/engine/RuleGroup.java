package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;

/// A [GroupPlan] executed by closures.
final class RuleGroup {

    private final Rule[] rules;
    private final Striker[] strikers;
    /// Per rule: its remaining terms.
    private final Condition[][] rests;
    private final long[] all;

    private RuleGroup(Rule[] rules, Striker[] strikers, Condition[][] rests) {
        this.rules = rules;
        this.strikers = strikers;
        this.rests = rests;
        this.all = RuleBits.first(rules.length);
    }

    static RuleGroup of(GroupPlan plan, Closures closures) {
        return new RuleGroup(
                plan.rules().toArray(Rule[]::new),
                plan.strikes().stream().map(strike -> striker(strike, closures)).toArray(Striker[]::new),
                plan.rests().stream()
                        .map(rest -> rest.stream().map(closures::compile).toArray(Condition[]::new))
                        .toArray(Condition[][]::new));
    }

    /// A compiled [GroupPlan.Strike].
    private interface Striker {
        /// The candidates that are left of the first 64.
        long strike(Evaluation evaluation, long candidates);

        /// Removes candidates; whether any is left.
        boolean strike(Evaluation evaluation, long[] candidates);
    }

    private static Striker striker(GroupPlan.Strike strike, Closures closures) {
        return switch (strike) {
            case GroupPlan.Strike.Guard(Ir term, long[] concerned) ->
                new GuardStriker(closures.compile(term), concerned);
            case GroupPlan.Strike.Texts texts -> new TextsStriker(texts);
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record GuardStriker(Condition guard, long[] concerned) implements Striker {
        @Override
        public long strike(Evaluation evaluation, long candidates) {
            return (candidates & concerned[0]) == 0 || guard.holds(evaluation)
                    ? candidates
                    : candidates & ~concerned[0];
        }

        @Override
        public boolean strike(Evaluation evaluation, long[] candidates) {
            return !RuleBits.intersects(candidates, concerned)
                    || guard.holds(evaluation)
                    || RuleBits.remove(candidates, concerned);
        }
    }

    private record TextsStriker(GroupPlan.Strike.Texts texts) implements Striker {
        @Override
        public long strike(Evaluation evaluation, long candidates) {
            return RuleBits.strike(evaluation, candidates, texts);
        }

        @Override
        public boolean strike(Evaluation evaluation, long[] candidates) {
            return RuleBits.strike(evaluation, candidates, texts);
        }
    }

    /// Evaluates the rules in their order: signals come first, and end nothing.
    ///
    /// @param candidates scratch space of at least as many words as the group has
    void evaluate(Evaluation evaluation, long[] candidates, boolean firstOnly, MatchHandler handler) {
        if (all.length == 1) {
            evaluateOneWord(evaluation, firstOnly, handler);
            return;
        }
        System.arraycopy(all, 0, candidates, 0, all.length);
        for (Striker striker : strikers) {
            if (!striker.strike(evaluation, candidates)) {
                return;
            }
        }
        for (int word = 0; word < all.length; word++) {
            if (!finish(evaluation, candidates[word], word << 6, firstOnly, handler)) {
                return;
            }
        }
    }

    private void evaluateOneWord(Evaluation evaluation, boolean firstOnly, MatchHandler handler) {
        long candidates = all[0];
        for (Striker striker : strikers) {
            candidates = striker.strike(evaluation, candidates);
            if (candidates == 0) {
                return;
            }
        }
        finish(evaluation, candidates, 0, firstOnly, handler);
    }

    /// Evaluates the remaining terms of each candidate; false: stop.
    private boolean finish(Evaluation evaluation, long candidates, int base, boolean firstOnly, MatchHandler handler) {
        long left = candidates;
        while (left != 0) {
            int rule = base + Long.numberOfTrailingZeros(left);
            if (holds(evaluation, rests[rule])) {
                handler.onMatch(rules[rule]);
                if (firstOnly && !rules[rule].signal()) {
                    return false;
                }
            }
            left &= left - 1;
        }
        return true;
    }

    private static boolean holds(Evaluation evaluation, Condition[] terms) {
        for (Condition term : terms) {
            if (!term.holds(evaluation)) {
                return false;
            }
        }
        return true;
    }
}
