package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Json;
import java.util.Locale;

/// The result of one check of `doctor`.
///
/// @param detail what was found, or what is wrong
/// @param fix how to fix it; empty: nothing to fix
record CheckResult(String check, Grade grade, String detail, String fix) {
    /// Severity of the result.
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

    static CheckResult ok(String check, String detail) {
        return new CheckResult(check, Grade.OK, detail, "");
    }

    static CheckResult warn(String check, String detail, String fix) {
        return new CheckResult(check, Grade.WARN, detail, fix);
    }

    static CheckResult fail(String check, String detail, String fix) {
        return new CheckResult(check, Grade.FAIL, detail, fix);
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
