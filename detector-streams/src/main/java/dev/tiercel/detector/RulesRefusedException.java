package dev.tiercel.detector;

import dev.tiercel.rules.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/// The rules do not compile; carries every error.
public final class RulesRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> errors;

    RulesRefusedException(List<Diagnostic> errors) {
        super(errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /// The errors, in file order.
    public List<Diagnostic> errors() {
        return errors;
    }
}
