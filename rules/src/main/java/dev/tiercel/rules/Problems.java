package dev.tiercel.rules;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects diagnostics.
final class Problems {

    /// Of a message, a hint or a name. Longer ones are cut.
    private static final int MOST_CHARACTERS = 1_000;

    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private boolean failed;

    /// A diagnostic at `place`; null: no place.
    void add(Code code, String message, @Nullable Place place, Diagnostic.Item item, String hint) {
        if (diagnostics.size() > Limits.PROBLEMS) {
            failed |= code.severity() == Severity.ERROR;
            return;
        }
        Diagnostic diagnostic = place == null
                ? new Diagnostic(code, cut(message), "", 0, 0, 0, cut(item), "", cut(hint))
                : new Diagnostic(
                        code,
                        cut(message),
                        place.file().name(),
                        place.line(),
                        place.column(),
                        place.offset(),
                        cut(item),
                        place.file().snippet(place.offset()),
                        cut(hint));
        add(diagnostic);
    }

    void add(Code code, String message, @Nullable Place place, Diagnostic.Item item) {
        add(code, message, place, item, "");
    }

    void add(RuleProblem problem, Diagnostic.Item item) {
        add(problem.code(), problem.message(), problem.place(), item, problem.hint());
    }

    void add(Diagnostic diagnostic) {
        failed |= diagnostic.severity() == Severity.ERROR;
        if (diagnostics.size() < Limits.PROBLEMS) {
            diagnostics.add(diagnostic);
        } else if (diagnostics.size() == Limits.PROBLEMS && !diagnostics.contains(diagnostic)) {
            failed = true;
            diagnostics.add(new Diagnostic(
                    Code.LOAD_ERR_VALIDATE,
                    "More than " + Limits.PROBLEMS + " problems, the others are not shown",
                    diagnostic.file(),
                    diagnostic.line(),
                    diagnostic.column(),
                    diagnostic.offset(),
                    Diagnostic.Item.NONE,
                    "",
                    ""));
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    private static Diagnostic.Item cut(Diagnostic.Item item) {
        return item.name().length() <= MOST_CHARACTERS ? item : new Diagnostic.Item(item.type(), cut(item.name()));
    }

    /// Whether any is an error.
    boolean failed() {
        return failed;
    }

    /// All, in file order; those of equal place in the order found.
    List<Diagnostic> sorted(List<String> files) {
        Comparator<Diagnostic> byPlace = Comparator.<Diagnostic>comparingInt(d -> files.indexOf(d.file()))
                .thenComparingInt(Diagnostic::offset);
        return diagnostics.stream().sorted(byPlace).toList();
    }
}
