package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Json;
import dev.tiercel.ruletools.testing.RuleTestReport;
import dev.tiercel.ruletools.testing.RuleTestResult;
import dev.tiercel.service.PlainText;
import java.io.PrintWriter;

/// Prints the results of a file of rule tests, as text or as one JSON object per line.
final class TestReportPrinter {
    private TestReportPrinter() {}

    static void print(RuleTestReport report, boolean json, PrintWriter out, Colours colours) {
        if (json) {
            report.problems().forEach(problem -> out.println(Diagnostics.json(problem)));
            report.results().forEach(result -> out.println(json(result)));
            return;
        }
        out.println(PlainText.line(report.file()));
        report.problems()
                .forEach(problem ->
                        out.println(Diagnostics.text(problem, colours).indent(2).stripTrailing()));
        report.results().forEach(result -> out.println(text(result, colours)));
    }

    private static String text(RuleTestResult result, Colours colours) {
        if (result.passed()) return "  " + colours.green("✓") + " " + PlainText.line(result.name()) + runs(result);
        StringBuilder text = new StringBuilder("  " + colours.red("✗") + " ")
                .append(PlainText.lines("%s (%s:%d)".formatted(result.name(), result.file(), result.line())));
        result.failures()
                .forEach(failure -> text.append('\n')
                        .append(PlainText.lines(failure).indent(6).stripTrailing()));
        return text.toString();
    }

    private static String runs(RuleTestResult result) {
        return result.runs().isEmpty() ? "" : " (" + result.runs() + ")";
    }

    private static String json(RuleTestResult result) {
        Json json = new Json()
                .put("file", result.file())
                .put("line", result.line())
                .put("test", result.name())
                .put("passed", result.passed())
                .put("failures", result.failures());
        return result.runs().isEmpty()
                ? json.line()
                : json.put("runs", result.runs()).line();
    }
}
