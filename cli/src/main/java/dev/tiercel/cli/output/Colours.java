package dev.tiercel.cli.output;

import picocli.CommandLine;

/// Colours for what a command prints; none unless it prints on a terminal, and none under NO_COLOR.
public final class Colours {
    /// Prints text as it is.
    public static final Colours NONE = new Colours(false);

    private final boolean on;

    private Colours(boolean on) {
        this.on = on;
    }

    /// Those that `commandLine` may use.
    public static Colours of(CommandLine commandLine) {
        return commandLine.getColorScheme().ansi().enabled() ? new Colours(true) : NONE;
    }

    public String bold(String text) {
        return in("1", text);
    }

    public String red(String text) {
        return in("1;31", text);
    }

    public String green(String text) {
        return in("32", text);
    }

    public String yellow(String text) {
        return in("33", text);
    }

    public String cyan(String text) {
        return in("36", text);
    }

    private String in(String codes, String text) {
        return on && !text.isEmpty() ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
