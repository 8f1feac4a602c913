package dev.tiercel.collector.capture;

import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KevHeader;
import dev.tiercel.kevent.KevWriter;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.KeventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Records the sample that other modules test with: `RecordSample small.sh small.kev`, as root. Runs the script in an
/// empty environment and keeps only the records of its shell and the shell's descendants.
final class RecordSample {
    private final Set<Integer> pids = new HashSet<>();
    private final HeaderDecoder header = new HeaderDecoder();
    private final ForkDecoder fork = new ForkDecoder();
    private final KeventHandler kept;
    private final int shell;
    private boolean ended;

    private RecordSample(int shell, KeventHandler kept) {
        this.shell = shell;
        this.kept = kept;
        pids.add(shell);
    }

    public static void main(String[] arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", arguments[0]);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        Process shell = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = shell.inputReader()) {
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException("the script exited before it was ready");
            }
            record(shell, Path.of(arguments[1]));
        } finally {
            shell.destroyForcibly();
        }
    }

    private static void record(Process shell, Path file) throws IOException {
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults().withEnvironmentBytes(0))) {
            long boot = source.bootTimeEpochNanos();
            String release = ProbeSource.kernelRelease().replaceFirst("-.*", "");
            KevHeader header =
                    new KevHeader(KeventAbi.VERSION, "sample", release, boot, System.currentTimeMillis() * 1_000_000);
            try (KevWriter writer = KevWriter.create(file, header)) {
                RecordSample sample = new RecordSample(Math.toIntExact(shell.pid()), writer);
                while (!source.snapshotComplete()) {
                    sample.drain(source);
                }
                shell.outputWriter().append("go\n").flush();
                while (!sample.ended) {
                    sample.drain(source);
                }
                System.err.println("records=" + writer.records() + " " + source.counters());
            }
        }
    }

    private void drain(RecordSource source) {
        source.await(Duration.ofMillis(20));
        source.drain(this::onRecord, 100_000);
    }

    private void onRecord(ByteBuffer data, int offset, int length) {
        header.wrap(data, offset);
        if (!pids.contains(header.pid())) {
            return;
        }
        kept.onRecord(data, offset, length);
        if (header.type() == KeventType.FORK) {
            fork.wrap(data, offset);
            pids.add(fork.childPid());
        }
        ended |= header.type() == KeventType.EXIT && header.pid() == shell;
    }
}
