package dev.tiercel.cli.output;

import dev.tiercel.cli.Main;
import dev.tiercel.sinks.AlertLine;
import dev.tiercel.sinks.OutputFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How data is printed.
final class PrintOptions {
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
    AlertLine alertLine() {
        String noColor = Optional.ofNullable(System.getenv("NO_COLOR")).orElse("");
        return AlertLine.forTerminal(format, Main.onTerminal(), noColor);
    }

    boolean json() {
        return format == OutputFormat.JSON;
    }
}
