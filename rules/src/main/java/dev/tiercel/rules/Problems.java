package dev.tiercel.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects diagnostics.
final class Problems {

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean failed;

    /// A diagnostic at `place`; null: no place.
    void add(Code code, String message, @Nullable Place place, Diagnostic.Item item, String hint) {
        Diagnostic diagnostic = place == null
                ? new Diagnostic(code, message, "", 0, 0, 0, item, "", hint)
                : new Diagnostic(
                        code,
                        message,
                        place.file().name(),
                        place.line(),
                        place.column(),
                        place.offset(),
                        item,
                        place.file().snippet(place.offset()),
                        hint);
        add(diagnostic);
    }

    void add(Code code, String message, @Nullable Place place, Diagnostic.Item item) {
        add(code, message, place, item, "");
    }

    void add(Diagnostic diagnostic) {
        if (!diagnostics.contains(diagnostic)) {
            diagnostics.add(diagnostic);
        }
        failed |= diagnostic.severity() == Severity.ERROR;
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
