package dev.tiercel.detector;

import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A batch of one process that opens files, written with the real encoder.
final class SampleBatch {
    static final long BASE_TIME = 1_700_000_000_000_000_000L;
    private static final long READ_ONLY = 0;

    private final BatchWriter writer = new BatchWriter();
    private int process;
    private long elapsed;

    /// A batch of node `web-1` whose one process is `name`.
    SampleBatch(String name) {
        this(name, 7);
    }

    /// The same, with its number in the lane.
    SampleBatch(String name, long sequence) {
        this(name, sequence, "--quiet");
    }

    /// The same, of a process with this argument.
    SampleBatch(String name, long sequence, String argument) {
        writer.begin(new BatchHeader("web-1", 0, sequence, BASE_TIME - 1, 100, BASE_TIME));
        process = addProcess(name, argument);
    }

    static byte[] opening(int schemaId, String name, String... paths) {
        SampleBatch batch = new SampleBatch(name);
        for (String path : paths) {
            batch.open(path);
        }
        return batch.finish(0, schemaId);
    }

    /// Later events belong to another process.
    SampleBatch by(String name) {
        process = addProcess(name, "--quiet");
        return this;
    }

    /// Later events belong to another process, in this cgroup.
    SampleBatch in(String cgroup, String name) {
        process = addProcess(process(name, "--quiet").set(ProcessAttribute.CGROUP, cgroup));
        return this;
    }

    /// The first after a time in which the node was not watched.
    SampleBatch after(long unwatchedSince) {
        writer.unwatchedSince(unwatchedSince);
        return this;
    }

    /// Later events happen that much after the base time.
    SampleBatch at(Duration sinceBase) {
        elapsed = sinceBase.toNanos();
        return this;
    }

    /// `openat(AT_FDCWD, path, O_RDONLY)` that returned descriptor 3.
    SampleBatch open(String path) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        writer.beginEvent(EventType.OPENAT.number(), BASE_TIME + elapsed + writer.eventCount(), process, 42, 0, 3);
        writer.arguments(7);
        writer.argument(3);
        writer.argument(-100);
        writer.argument(utf8, 0, utf8.length);
        writer.argument(READ_ONLY);
        writer.argument(0);
        writer.argument(0x801);
        writer.argument(77);
        writer.paths(1);
        writer.path(utf8, 0, utf8.length);
        writer.beginFileDescriptor(3, 1);
        writer.path(utf8, 0, utf8.length);
        writer.endFileDescriptor(0x801, 77, 0100644, 0);
        return this;
    }

    byte[] finish(long lost, int schemaId) {
        return writer.finish(lost, schemaId);
    }

    private int addProcess(String name, String argument) {
        return addProcess(process(name, argument));
    }

    private static ProcessEncoder process(String name, String argument) {
        return new ProcessEncoder()
                .pid(42)
                .startTime(BASE_TIME - 1_000_000)
                .name(name)
                .exe(name)
                .exePath("/usr/bin/" + name)
                .arguments(List.of(argument))
                .cwd("/root/")
                .user("root")
                .group("root")
                .loginUid(-1);
    }

    private int addProcess(ProcessEncoder encoder) {
        byte[] body = encoder.encode();
        return writer.addProcess(-1, -1, -1, -1, body, body.length);
    }
}
