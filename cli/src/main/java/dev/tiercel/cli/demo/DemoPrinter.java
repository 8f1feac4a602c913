package dev.tiercel.cli.demo;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Json;
import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Prints what is done and what came of it. What alerts say comes from others: nothing of it steers a terminal.
///
/// @param json an object for each outcome, and nothing else
record DemoPrinter(PrintWriter out, Colours colours, boolean json) {
    private static final List<String> URGENT = List.of("Emergency", "Alert", "Critical", "Error");

    /// Every action and why it is suspicious.
    void list(List<DemoAction> actions) {
        for (DemoAction action : actions) {
            if (json) {
                out.println(about(action)
                        .put("what", action.what())
                        .put("why", action.why())
                        .line());
            } else {
                out.println(colours.bold(action.name()) + ": " + action.what());
                explain(action);
                out.println("  rule: " + action.rule());
            }
        }
    }

    /// What is done next.
    void announce(DemoAction action, int number, int count) {
        if (json) return;
        out.println("%n%s %s"
                .formatted(colours.bold("%d/%d %s:".formatted(number, count, action.name())), action.what()));
        explain(action);
        out.flush();
    }

    private void explain(DemoAction action) {
        out.println("  " + action.why());
        out.println("  $ " + action.line().replaceAll("\\s*\n\\s*", " "));
    }

    /// Asks whether to do it.
    void ask() {
        out.print("  Enter does it, s skips it, q ends the demo: ");
        out.flush();
    }

    void outcome(DemoOutcome outcome) {
        if (json) {
            out.println(json(outcome));
        } else if (outcome.alert().isPresent()) {
            DemoAlert alert = outcome.alert().get();
            out.println("  %s %s after %d ms"
                    .formatted(
                            priority(alert.priority()), colours.bold(PlainText.line(alert.rule())), outcome.millis()));
            out.println("  " + PlainText.line(alert.output()));
        } else {
            out.println("  " + colours.red("no alert of '" + outcome.action().rule() + "' came"));
        }
        out.flush();
    }

    private String priority(String priority) {
        String text = PlainText.line(priority);
        return URGENT.contains(priority) ? colours.red(text) : colours.yellow(text);
    }

    private static Json about(DemoAction action) {
        return new Json().put("action", action.name()).put("rule", action.rule());
    }

    private static String json(DemoOutcome outcome) {
        Json line = about(outcome.action()).put("arrived", outcome.alert().isPresent());
        outcome.alert()
                .ifPresent(alert -> line.put("ms", outcome.millis())
                        .put("priority", alert.priority())
                        .put("output", alert.output()));
        return line.line();
    }

    /// All outcomes, and how long they took.
    void table(List<DemoOutcome> outcomes) {
        if (json || outcomes.isEmpty()) return;
        int names = width("action", outcomes, DemoAction::name);
        int rules = width("rule", outcomes, DemoAction::rule);
        String format = "%-" + names + "s  %-" + rules + "s  %-7s %6s";
        out.println();
        out.println(colours.bold(format.formatted("action", "rule", "arrived", "ms")));
        for (DemoOutcome outcome : outcomes) {
            boolean arrived = outcome.alert().isPresent();
            String row = format.formatted(
                    outcome.action().name(),
                    outcome.action().rule(),
                    arrived ? "yes" : "no",
                    arrived ? outcome.millis() : "-");
            out.println(arrived ? row : colours.red(row));
        }
        out.println(summary(outcomes));
        out.flush();
    }

    private static int width(String title, List<DemoOutcome> outcomes, Function<DemoAction, String> column) {
        return Stream.concat(
                        Stream.of(title),
                        outcomes.stream().map(DemoOutcome::action).map(column))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static String summary(List<DemoOutcome> outcomes) {
        List<Long> times = outcomes.stream()
                .filter(outcome -> outcome.alert().isPresent())
                .map(DemoOutcome::millis)
                .sorted()
                .toList();
        String text = "%d of %d alerts arrived".formatted(times.size(), outcomes.size());
        if (times.isEmpty()) return text;
        return text
                + ", half of them within %d ms, all within %d ms"
                        .formatted(times.get((times.size() - 1) / 2), times.getLast());
    }
}
