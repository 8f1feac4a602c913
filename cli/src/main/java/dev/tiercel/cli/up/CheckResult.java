package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Json;
import dev.tiercel.service.PlainText;
import java.util.Locale;

/// The result of one check of `doctor`.
///
/// @param detail what was found, or what is wrong
/// @param fix how to fix it; empty: nothing to fix
record CheckResult(String check, Grade grade, String detail, String fix) {
    CheckResult {
        detail = PlainText.line(detail);
        fix = PlainText.line(fix);
    }

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

    /// In `colours`: the grade, and what to do.
    String text(Colours colours) {
        String line = "%s  %-10s  %s".formatted(coloured(colours, "%-4s".formatted(grade.label())), check, detail);
        return fix.isEmpty() ? line : line + "\n                  " + colours.bold("fix:") + " " + fix;
    }

    private String coloured(Colours colours, String label) {
        return switch (grade) {
            case OK -> colours.green(label);
            case WARN -> colours.yellow(label);
            case FAIL -> colours.red(label);
        };
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
