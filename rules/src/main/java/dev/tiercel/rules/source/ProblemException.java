package dev.tiercel.rules.source;

import org.jspecify.annotations.Nullable;

/// Ends the processing of one item of a rules file because of a [Problem].
public final class ProblemException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /// Thrown for `problem`; has no stack trace.
    ProblemException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    /// @param hint how to fix it; empty: unknown
    public ProblemException(Code code, String message, @Nullable SourcePosition position, String hint) {
        this(new Problem(code, message, position, hint, false, ItemName.NONE));
    }

    /// A problem without a hint.
    public ProblemException(Code code, String message, @Nullable SourcePosition position) {
        this(code, message, position, "");
    }

    /// What is wrong.
    Problem problem() {
        return problem;
    }
}
