package dev.tiercel.rules;

import org.jspecify.annotations.Nullable;

/// Ends the work on one item of a rules file; becomes a [Diagnostic].
final class RuleProblem extends Exception {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final transient @Nullable Place place;
    private final String hint;

    RuleProblem(Code code, String message, @Nullable Place place, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.place = place;
        this.hint = hint;
    }

    RuleProblem(Code code, String message, @Nullable Place place) {
        this(code, message, place, "");
    }

    Code code() {
        return code;
    }

    @Nullable
    Place place() {
        return place;
    }

    String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    String hint() {
        return hint;
    }
}
