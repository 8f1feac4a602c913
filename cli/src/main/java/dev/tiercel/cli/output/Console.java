package dev.tiercel.cli.output;

import dev.tiercel.service.PlainText;
import dev.tiercel.service.StoppedException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/// Messages of a command on stderr: each starts with the program's name, long steps end with their duration. What a
/// message quotes from outside neither forges another one nor steers the terminal.
public final class Console {
    private final PrintWriter err;
    private boolean lineOpen;

    public Console(PrintWriter err) {
        this.err = err;
    }

    /// Prints one line. A step in progress prints its name again when it ends.
    public synchronized void print(String text) {
        if (lineOpen) err.println();
        lineOpen = false;
        err.println("tiercel: " + PlainText.block(text));
        err.flush();
    }

    /// Runs a step that takes a while: prints its name immediately and its duration at the end.
    public <T> T step(String name, Supplier<T> step) {
        long started = System.nanoTime();
        begin("tiercel: " + name + " … ");
        String end = "failed";
        try {
            T result = step.get();
            end = since(started);
            return result;
        } catch (StoppedException givenUp) {
            end = "given up";
            throw givenUp;
        } finally {
            end(name, end);
        }
    }

    private synchronized void begin(String text) {
        err.print(text);
        err.flush();
        lineOpen = true;
    }

    private synchronized void end(String name, String result) {
        err.println(lineOpen ? result : "tiercel: " + name + " … " + result);
        err.flush();
        lineOpen = false;
    }

    /// Runs a step without a result.
    public void step(String name, Runnable step) {
        step(name, () -> {
            step.run();
            return true;
        });
    }

    /// The time since `nanoTime`, as `3.2 s`.
    public static String since(long nanoTime) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - nanoTime) / 1e9);
    }

    /// `1 rule`, `2 rules`.
    public static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
