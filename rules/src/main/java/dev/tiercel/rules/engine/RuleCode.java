package dev.tiercel.rules.engine;

/// Groups of rules compiled by one of the back ends. Immutable.
interface RuleCode {

    /// Evaluates the rules of a group in load order for the current event of `evaluation`.
    ///
    /// @param group number of a [GroupPlan]
    /// @param candidates scratch space of at least as many words as the group has
    /// @param firstOnly stop at the first match of a rule that is no signal
    void evaluate(int group, Evaluation evaluation, long[] candidates, boolean firstOnly, MatchHandler handler);
}
