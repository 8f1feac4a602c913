package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/// Whether the settings are asked for in place of the work.
public final class PrintConfigOption {
    @Option(names = "--print-config", description = "Print the effective settings with their sources, and exit.")
    private boolean wanted;

    /// Whether it was given.
    public boolean wanted() {
        return wanted;
    }

    /// Prints `settings`, which stand in lines.
    ///
    /// @return the exit code
    public int print(String settings, PrintWriter out) {
        out.print(settings);
        out.flush();
        return ExitCode.DONE.number();
    }
}
