package dev.tiercel.cli.output;

import dev.tiercel.sinks.AlertFormat;
import dev.tiercel.sinks.AlertLine;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How a command prints its data.
public final class PrintOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Print lines for people, or one JSON object per line (default: ${DEFAULT-VALUE}).")
    private AlertFormat format = AlertFormat.TEXT;

    /// How alerts are printed.
    public AlertLine alertLine() {
        return alertLine(format);
    }

    /// Alerts in `format`, in colour on a terminal.
    public static AlertLine alertLine(AlertFormat format) {
        String noColor = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
        return AlertLine.forTerminal(format, Terminal.isInteractive(), noColor);
    }

    public boolean json() {
        return format == AlertFormat.JSON;
    }
}
