package dev.tiercel.cli.sinks;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.sinks.Sinks;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.sinks.plan.SinksPlan;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a sinks file for a command.
public final class SinkFile {
    private SinkFile() {}

    /// Whether it has no errors: they are printed, before anything starts.
    ///
    /// @throws EnvironmentException if it cannot be read
    public static boolean isGood(Path file, Console console) {
        Optional<SinksPlan> plan = read(file, console);
        plan.ifPresent(SinksPlan::close);
        return plan.isPresent();
    }

    /// Its outputs and routes; empty: it has errors, which were printed with their positions.
    ///
    /// @throws EnvironmentException if it cannot be read
    static Optional<SinksPlan> read(Path file, Console console) {
        try {
            SinksFile read = Sinks.read(file);
            for (Diagnostic problem : read.problems()) console.print(problem.text());
            return read.plan();
        } catch (IllegalArgumentException unreadable) {
            throw new EnvironmentException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}
