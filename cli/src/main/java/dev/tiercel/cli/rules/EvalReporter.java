package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.Terminal;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.service.PlainText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Passes matches to the printer; reports bad lines, progress and totals on the console.
final class EvalReporter implements EventsRun.MatchListener {
    private static final int MAX_BAD_LINES = 10;
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    private final Console console;
    private final EvalPrinter printer;
    private final boolean showProgress = Terminal.isInteractive();
    private final long started = System.nanoTime();
    private String file = "";
    private long lastProgress = started;
    private int reported;

    EvalReporter(Console console, EvalPrinter printer) {
        this.console = console;
        this.printer = printer;
    }

    /// Sets the file that later calls refer to.
    void file(String name) {
        file = name;
    }

    @Override
    public void matched(Rule rule, Row row, EventsRun.Stamp stamp, long line) {
        printer.matched(rule, row, stamp, line);
    }

    @Override
    public void bad(long line, String reason) {
        reported++;
        if (reported <= MAX_BAD_LINES) {
            console.print(PlainText.line(file + ":" + line + ": " + reason));
        } else if (reported == MAX_BAD_LINES + 1) {
            console.print(file + ":" + line + ": further bad lines are only counted");
        }
    }

    @Override
    public void progress(long events) {
        if (showProgress && System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            console.print(file + ": " + events + " events so far");
        }
    }

    /// Prints the totals, with matches per rule and alerts per correlation if `perRule`.
    void summary(EventsRun run, @Nullable FileCorrelations correlations, boolean perRule) {
        long nanos = System.nanoTime() - started;
        long matches =
                run.matches().values().stream().mapToLong(Long::longValue).sum();
        console.print(String.format(
                Locale.ROOT,
                "%s, %s, %s, %.1f s, %d events/s",
                Console.counted(run.events(), "event"),
                matches + (matches == 1 ? " match" : " matches"),
                Console.counted(run.badLines(), "bad line"),
                nanos / 1e9,
                Math.round(run.events() * 1e9 / Math.max(nanos, 1))));
        if (perRule) {
            run.matches().forEach((rule, number) -> {
                if (number > 0) console.print("%8d  %s".formatted(number, rule.name()));
            });
        }
        if (correlations != null) summary(correlations, perRule);
    }

    private void summary(FileCorrelations correlations, boolean perRule) {
        if (perRule) {
            correlations.alerts().forEach((name, number) -> {
                if (number > 0) console.print("%8d  %s".formatted(number, name));
            });
        }
        if (correlations.late() > 0) {
            console.print(
                    "%s of correlations came too late and were not used; give --unordered if the events of a file are not in the order of time"
                            .formatted(matches(correlations.late())));
        }
        if (correlations.timeless() > 0) {
            console.print(matches(correlations.timeless()) + " of correlations have no time and were not used");
        }
        if (!correlations.waiting().isEmpty()) {
            console.print("not decided about the end of the input, which --conclude does: "
                    + String.join(", ", correlations.waiting()));
        }
    }

    private static String matches(long number) {
        return number + (number == 1 ? " match" : " matches");
    }
}
