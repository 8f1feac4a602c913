package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/// The option that prints the settings instead of doing the work.
public final class PrintConfigOption {
    @Option(names = "--print-config", description = "Print the effective settings and their sources, then exit.")
    private boolean wanted;

    /// Whether it was given.
    public boolean wanted() {
        return wanted;
    }

    /// Prints `settings`, one per line.
    ///
    /// @return the exit code
    public int print(String settings, PrintWriter out) {
        out.print(settings);
        out.flush();
        return ExitCode.SUCCESS.number();
    }
}
