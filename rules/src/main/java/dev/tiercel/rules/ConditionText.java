package dev.tiercel.rules;

/// Parses the conditions of rules files.
final class ConditionText {

    private ConditionText() {}

    /// The tree of `text`; of an item at `place`, should nothing be left of its condition.
    static Ast parse(Text text, Place place) throws RuleProblem {
        if (text.length() == 0) {
            throw new RuleProblem(Code.LOAD_ERR_COMPILE_CONDITION, "filter input string is empty", place);
        }
        try {
            return Parser.parse(text);
        } catch (ParseProblem problem) {
            throw new RuleProblem(Code.LOAD_ERR_COMPILE_CONDITION, problem.message(), text.place(problem.at()));
        }
    }
}
