package dev.tiercel.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/// What a command says while it works: on stderr, each line with its program's name, long steps with their time.
public final class Console {
    private final PrintWriter err;
    private boolean lineOpen;

    public Console(PrintWriter err) {
        this.err = err;
    }

    /// One line; a step under way is named again when it ends.
    public synchronized void print(String text) {
        if (lineOpen) err.println();
        lineOpen = false;
        err.println("tiercel: " + text);
        err.flush();
    }

    /// Runs a step that takes a while: its name at once, its time when it is done.
    public <T> T step(String doing, Supplier<T> step) {
        long started = System.nanoTime();
        begin("tiercel: " + doing + " … ");
        boolean done = false;
        try {
            T result = step.get();
            done = true;
            return result;
        } finally {
            end(doing, done ? since(started) : "failed");
        }
    }

    private synchronized void begin(String text) {
        err.print(text);
        err.flush();
        lineOpen = true;
    }

    private synchronized void end(String doing, String result) {
        err.println(lineOpen ? result : "tiercel: " + doing + " … " + result);
        err.flush();
        lineOpen = false;
    }

    /// As the other, for a step without a result.
    public void step(String doing, Runnable step) {
        step(doing, () -> {
            step.run();
            return true;
        });
    }

    /// `3.2 s`: how long ago `nanoTime` was.
    public static String since(long nanoTime) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - nanoTime) / 1e9);
    }

    /// `1 rule`, `2 rules`.
    public static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
