package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Json;
import java.util.Locale;

/// What one check of `doctor` found.
///
/// @param detail what is there, or what is wrong
/// @param fix what to do about it; empty: nothing to do
record Finding(String check, Grade grade, String detail, String fix) {
    /// How bad it is.
    enum Grade {
        OK,
        /// Works, but something is missing.
        WARN,
        /// `up` does not work here.
        FAIL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Grade.OK, detail, "");
    }

    static Finding warn(String check, String detail, String fix) {
        return new Finding(check, Grade.WARN, detail, fix);
    }

    static Finding fail(String check, String detail, String fix) {
        return new Finding(check, Grade.FAIL, detail, fix);
    }

    String text() {
        String line = "%-4s  %-10s  %s".formatted(grade.label(), check, detail);
        return fix.isEmpty() ? line : line + "\n                  fix: " + fix;
    }

    String json() {
        return new Json()
                .put("check", check)
                .put("grade", grade.label())
                .put("detail", detail)
                .put("fix", fix)
                .line();
    }
}
