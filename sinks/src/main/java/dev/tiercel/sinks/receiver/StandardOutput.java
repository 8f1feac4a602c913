package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// Prints a line an alert.
final class StandardOutput implements Receiver {
    private final LineForm form;
    private final PrintStream out;

    StandardOutput(LineForm form, PrintStream out) {
        this.form = form;
        this.out = out;
    }

    /// Reads `format` and `template`.
    static Receiver read(Section section) {
        return new StandardOutput(LineForm.read(section), System.out);
    }

    @Override
    public void check() throws IOException {
        if (out.checkError()) throw new IOException("standard output is closed");
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException {
        byte[] lines = Lines.of(notices, form);
        out.write(lines, 0, lines.length);
        check(); // flushes
        return Lines.delivered(notices);
    }

    @Override
    public int batch() {
        return Lines.BATCH;
    }

    /// Leaves it open: it is the process's.
    @Override
    public void close() {}
}
