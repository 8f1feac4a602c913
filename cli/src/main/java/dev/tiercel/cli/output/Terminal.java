package dev.tiercel.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The terminal of this process, if it has one.
public final class Terminal {

    private Terminal() {}

    /// Whether both standard output and standard input are a terminal.
    @SuppressWarnings("SystemConsoleNull") // null under -Djdk.console=java.base
    public static boolean isInteractive() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Whether standard error is a terminal.
    public static boolean isErrorShown() {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException closed) {
            return false;
        }
    }
}
