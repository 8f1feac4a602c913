package dev.tiercel.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `docker run` whose container lives only as long as its standard input is open: it is gone, too, when this process
/// is killed. Not thread-safe.
final class AttachedContainer implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Process process;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    AttachedContainer(Process process) {
        this.process = process;
    }

    /// The lines that have come since the last call, without waiting for more.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        try {
            InputStream in = process.getInputStream();
            while (in.available() > 0) {
                for (byte next : in.readNBytes(in.available())) {
                    if (next == '\n') {
                        lines.add(begun.toString(StandardCharsets.UTF_8));
                        begun.reset();
                    } else {
                        begun.write(next);
                    }
                }
            }
        } catch (IOException closed) {
            return lines; // it has ended
        }
        return lines;
    }

    boolean ended() {
        return !process.isAlive();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) process.destroy();
        } catch (IOException gone) {
            process.destroy();
        } catch (InterruptedException stop) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
