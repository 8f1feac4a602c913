package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.output.Console;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.source.Severity;
import java.util.Locale;

/// How diagnostics of the rule compiler are printed.
final class Diagnostics {
    private Diagnostics() {}

    static String json(Diagnostic diagnostic) {
        return new Json()
                .put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT))
                .put("code", diagnostic.code().name())
                .put("message", diagnostic.message())
                .put("file", diagnostic.file())
                .put("line", diagnostic.line())
                .put("column", diagnostic.column())
                .put("item_type", diagnostic.item().type())
                .put("item_name", diagnostic.item().name())
                .put("hint", diagnostic.hint())
                .line();
    }

    /// What is wrong, in what, and what to do about it, without the place: `unknown field x, in rule 'y'; did you …?`.
    static String sentence(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(diagnostic.message());
        if (!diagnostic.item().name().isEmpty()) {
            text.append(", in %s '%s'"
                    .formatted(diagnostic.item().type(), diagnostic.item().name()));
        }
        if (!diagnostic.hint().isEmpty()) text.append("; ").append(diagnostic.hint());
        return text.toString();
    }

    /// `2 files: 96 rules, 0 errors, 3 warnings`.
    static String summary(int files, Compilation compilation) {
        String rules = compilation
                .ruleSet()
                .map(set -> Console.counted(set.rules().size(), "rule"))
                .orElse("refused");
        return "%s: %s, %s, %s"
                .formatted(
                        Console.counted(files, "file"),
                        rules,
                        Console.counted(compilation.diagnostics(Severity.ERROR).size(), "error"),
                        Console.counted(compilation.diagnostics(Severity.WARNING).size(), "warning"));
    }
}
