package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.Json;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.service.PlainText;
import java.util.Locale;

/// Prints diagnostics of the rule compiler.
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

    /// The problem, the item and the hint, without the position: `unknown field x, in rule 'y'; did you …?`.
    static String sentence(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(diagnostic.message());
        if (!diagnostic.item().name().isEmpty()) {
            text.append(", in %s '%s'"
                    .formatted(diagnostic.item().type(), diagnostic.item().name()));
        }
        if (!diagnostic.hint().isEmpty()) text.append("; ").append(diagnostic.hint());
        return text.toString();
    }

    /// As [Diagnostic#text], fit for a terminal: place, severity and code, what is wrong, then the line with a caret.
    static String text(Diagnostic diagnostic, Colours colours) {
        String place = diagnostic.file().isEmpty() ? "" : colours.bold(PlainText.line(diagnostic.place()) + ":") + " ";
        String first = place + label(diagnostic, colours) + ": " + PlainText.line(diagnostic.explanation());
        String snippet = PlainText.lines(diagnostic.snippet());
        int caret = snippet.lastIndexOf('^');
        return caret < 0
                ? first
                : first + "\n"
                        + (snippet.substring(0, caret) + colours.green(snippet.substring(caret)))
                                .indent(4)
                                .stripTrailing();
    }

    private static String label(Diagnostic diagnostic, Colours colours) {
        return switch (diagnostic.severity()) {
            case ERROR -> colours.red(diagnostic.label());
            case WARNING -> colours.yellow(diagnostic.label());
            case NOTE -> colours.cyan(diagnostic.label());
        };
    }

    /// Prints the errors of rules that do not compile, one per line.
    static void printErrors(Compilation compilation, Console console) {
        compilation.diagnostics(Severity.ERROR).forEach(error -> console.print(error.summary()));
    }

    /// `96 rules`, and if there are any, `2 signals, 1 correlation`.
    private static String counted(RuleSet set) {
        int signals = (int) set.rules().stream().filter(Rule::signal).count();
        int correlations = set.correlations().size();
        return Console.counted(set.rules().size() - signals, "rule")
                + (signals == 0 ? "" : ", " + Console.counted(signals, "signal"))
                + (correlations == 0 ? "" : ", " + Console.counted(correlations, "correlation"));
    }

    /// `2 files: 96 rules, 0 errors, 3 warnings`.
    static String summary(int files, Compilation compilation) {
        String rules = compilation.ruleSet().map(Diagnostics::counted).orElse("refused");
        return "%s: %s, %s, %s"
                .formatted(
                        Console.counted(files, "file"),
                        rules,
                        Console.counted(compilation.diagnostics(Severity.ERROR).size(), "error"),
                        Console.counted(
                                compilation.diagnostics(Severity.WARNING).size(), "warning"));
    }
}
