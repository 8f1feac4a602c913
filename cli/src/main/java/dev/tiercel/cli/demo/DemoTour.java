package dev.tiercel.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Actions one after the other, each announced, and on a terminal only if its user says so.
///
/// @param asks whether there is a user
/// @param in what the user types, by lines
record DemoTour(DemoRun run, DemoPrinter printer, boolean asks, BufferedReader in) {
    static DemoTour of(DemoRun run, DemoPrinter printer, boolean asks, InputStream in) {
        return new DemoTour(run, printer, asks, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    /// What came of those that were performed.
    List<DemoOutcome> through(List<DemoAction> actions) {
        List<DemoOutcome> outcomes = new ArrayList<>();
        int number = 0;
        for (DemoAction action : actions) {
            printer.announce(action, ++number, actions.size());
            String answer = asks ? answer() : "";
            if (answer.startsWith("q")) break;
            if (answer.startsWith("s")) continue;
            DemoOutcome outcome = run.perform(action);
            printer.outcome(outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /// The end of the input ends the tour.
    private String answer() {
        printer.ask();
        try {
            String line = in.readLine();
            return line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read from the terminal", failure);
        }
    }
}
