package dev.tiercel.detector.publication;

import dev.tiercel.rules.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/// The rules do not compile; the message lists every error.
public final class RulesRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RulesRefusedException(List<Diagnostic> errors) {
        super(errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n")));
    }
}
