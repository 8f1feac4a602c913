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

    /// Starts a script in a new container without capabilities, of an image that is there: none is pulled.
    ///
    /// @param script  of bash; it must end when its standard input does
    /// @param options of `docker run`
    static AttachedContainer of(Docker docker, String name, String image, String script, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "--rm", "--interactive", "--pull=never"));
        command.addAll(List.of("--name=" + name, "--cap-drop=ALL", "--security-opt=no-new-privileges"));
        command.addAll(List.of(options));
        command.addAll(List.of("--entrypoint=bash", image, "-c", script));
        return new AttachedContainer(docker.start(command));
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
