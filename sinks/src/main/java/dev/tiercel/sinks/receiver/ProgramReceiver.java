package dev.tiercel.sinks.receiver;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program for some alerts, which are lines on its standard input. They have arrived once it exits with 0; the
/// end of its error output is the reason of another exit. It is run without a shell and without the variables of this
/// process, which may be secrets.
final class ProgramReceiver implements Receiver {
    private static final List<String> KEPT_VARIABLES = List.of("PATH", "HOME", "LANG", "TZ");
    private static final int QUOTED = 200;

    private final List<String> command;
    private final LineForm form;
    private final Duration timeout;
    private final int batch;

    private ProgramReceiver(List<String> command, LineForm form, Duration timeout, int batch) {
        this.command = List.copyOf(command);
        this.form = form;
        this.timeout = timeout;
        this.batch = batch;
    }

    /// Reads `command`, `format`, `template`, `timeout` and `batch`.
    static Receiver read(Section section) {
        List<String> command =
                section.texts("command").stream().map(LocatedText::value).toList();
        section.require("command");
        return new ProgramReceiver(
                command,
                LineForm.read(section),
                section.duration("timeout", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMinutes(4)),
                section.number("batch", Lines.BATCH, 1, Lines.BATCH));
    }

    @Override
    public void check() throws IOException {
        String program = command.getFirst();
        boolean found = program.indexOf('/') >= 0
                ? Files.isExecutable(Path.of(program))
                : List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) throw new IOException("no program " + program + " that can be run");
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException {
        Path input = Files.createTempFile("tiercel-program", ".in");
        Path errors = Files.createTempFile("tiercel-program", ".err");
        try {
            Files.write(input, Lines.of(notices, form));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile());
            builder.environment().keySet().retainAll(KEPT_VARIABLES);
            return receipts(builder.start(), errors, notices);
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(errors);
        }
    }

    private List<DeliveryResult> receipts(Process process, Path errors, List<Notice> notices)
            throws IOException, InterruptedException {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the program did not end within " + timeout.toMillis() + " ms");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() == 0) return Lines.delivered(notices);
        String said = end(errors);
        throw new IOException("the program ended with " + process.exitValue() + (said.isEmpty() ? "" : ": " + said));
    }

    private static String end(Path errors) throws IOException {
        long size = Files.size(errors);
        try (InputStream in = Files.newInputStream(errors)) {
            in.skipNBytes(Math.max(0, size - QUOTED));
            return PlainText.line(new String(in.readNBytes(QUOTED), StandardCharsets.UTF_8).strip());
        }
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void close() {}
}
