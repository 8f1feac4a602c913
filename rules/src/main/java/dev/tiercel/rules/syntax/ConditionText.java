package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.SyntaxException;

/// Parses the conditions of rules files.
public final class ConditionText {

    private ConditionText() {}

    /// The tree of `text`; of an item at `position`, should nothing be left of its condition.
    public static Ast parse(LocatedText text, SourcePosition position) throws ProblemException {
        if (text.length() == 0) {
            throw new ProblemException(Code.LOAD_ERR_COMPILE_CONDITION, "filter input string is empty", position);
        }
        try {
            return Parser.parse(text);
        } catch (SyntaxException problem) {
            // At the end, of which the line after the condition would show nothing.
            int end = text.value().stripTrailing().length();
            SourcePosition at = text.position(Math.min(problem.at(), end));
            throw new ProblemException(Code.LOAD_ERR_COMPILE_CONDITION, problem.message(), at);
        }
    }
}
