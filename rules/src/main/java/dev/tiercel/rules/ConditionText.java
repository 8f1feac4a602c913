package dev.tiercel.rules;

/// Parses the conditions of rules files.
final class ConditionText {

    private ConditionText() {}

    static Ast parse(Text text) throws RuleProblem {
        try {
            return Parser.parse(text);
        } catch (ParseProblem problem) {
            throw new RuleProblem(Code.LOAD_ERR_COMPILE_CONDITION, problem.message(), text.place(problem.at()));
        }
    }
}
