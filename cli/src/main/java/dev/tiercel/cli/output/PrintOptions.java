package dev.tiercel.cli.output;

import dev.tiercel.sinks.AlertFormat;
import dev.tiercel.sinks.AlertLine;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How data is printed.
public final class PrintOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Print lines for people, or one JSON object per line (default: ${DEFAULT-VALUE}).")
    private AlertFormat format = AlertFormat.TEXT;

    AlertFormat format() {
        return format;
    }

    /// How an alert is printed here: in colour on a terminal.
    public AlertLine alertLine() {
        String noColor = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
        return AlertLine.forTerminal(format, Terminal.isInteractive(), noColor);
    }

    public boolean json() {
        return format == AlertFormat.JSON;
    }
}
