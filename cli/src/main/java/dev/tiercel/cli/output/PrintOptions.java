package dev.tiercel.cli.output;

import dev.tiercel.sinks.AlertLine;
import dev.tiercel.sinks.OutputFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How data is printed.
public final class PrintOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Print lines for people, or one JSON object per line (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TEXT;

    OutputFormat format() {
        return format;
    }

    /// How an alert is printed here: in colour on a terminal.
    public AlertLine alertLine() {
        String noColor = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
        return AlertLine.forTerminal(format, Terminal.isInteractive(), noColor);
    }

    public boolean json() {
        return format == OutputFormat.JSON;
    }
}
