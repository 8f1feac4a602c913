package dev.tiercel.cli.output;

/// The terminal of this process, if it has one.
public final class Terminal {

    private Terminal() {}

    /// Whether a person sees standard output: both it and standard input are a terminal.
    @SuppressWarnings("SystemConsoleNull") // null under -Djdk.console=java.base
    public static boolean isInteractive() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }
}
