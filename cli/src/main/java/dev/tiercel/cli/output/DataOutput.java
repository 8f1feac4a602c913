package dev.tiercel.cli.output;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// A command's standard output: data only. UTF-8, flushed at each line end.
public final class DataOutput extends PrintWriter {

    private final PrintStream stream;

    /// Writes to `stream`.
    public DataOutput(PrintStream stream) {
        super(stream, true, StandardCharsets.UTF_8);
        this.stream = stream;
    }

    /// The stream behind the output of `command`, for those that format bytes themselves.
    public static PrintStream stream(CommandLine command) {
        return ((DataOutput) command.getOut()).stream;
    }
}
