package dev.tiercel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.ArgumentKind;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import dev.tiercel.schemas.avro.SyscallBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds per event to write and to read a batch, with and without Avro's objects.
///
/// `bin/bench BatchCodec`. A batch of 200 events, half opens and half connects, of 20 processes; each operation is one
/// event. `pass` only moves the cursor, `readStrings` decodes every string argument and path and each process's name,
/// `avroGenericReader` reads the same bytes with Avro's generic reader.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchCodecBenchmark {
    private static final int EVENTS = 200;
    private static final int PROCESSES = 20;
    private static final byte[] FILE = "/usr/lib/x86_64-linux-gnu/libc.so.6".getBytes(UTF_8);
    private static final byte[] TUPLE = "10.0.0.17:51234->93.184.216.34:443".getBytes(UTF_8);
    private static final byte[] ADDRESS = {10, 0, 0, 17};
    private static final byte[] NOTHING = {};

    private final BatchWriter writer = new BatchWriter();
    private final BatchCursor cursor = new BatchCursor();
    private final GenericDatumReader<GenericRecord> generic = new GenericDatumReader<>(SyscallBatch.getClassSchema());
    private final ByteBuffer ring = ByteBuffer.allocateDirect(256);
    private final byte[] body = new ProcessEncoder()
            .name("java")
            .exe("java")
            .exePath("/usr/lib/jvm/bin/java")
            .arguments(List.of("-Xmx64m", "-jar", "app.jar"))
            .cwd("/srv/")
            .set(ProcessAttribute.CGROUP, "/system.slice/app.service")
            .user("app")
            .group("app")
            .set(ProcessAttribute.NAMESPACES, new long[] {4026531840L, 4026531836L, 4026531992L, 4026531837L})
            .encode();
    private byte[] record = {};

    /// Writes the batch, and compares all readers on it.
    @Setup
    public void fill() {
        ring.put(FILE).put(TUPLE).put(ADDRESS);
        record = write();
        check("events passed", pass(), EventType.OPENAT.number() * 100L + EventType.CONNECT.number() * 100L);
        check("characters", readStrings(), 100L * (2 * FILE.length + TUPLE.length) + EVENTS * 4L);
        check("events of Avro", ((List<?>) avroGenericReader().get("events")).size(), EVENTS);
    }

    private static void check(String what, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalStateException(what + ": " + actual + " instead of " + expected);
        }
    }

    /// A whole batch, including the copy to its array.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] write() {
        writer.begin(new BatchHeader("web-1", 0, 7, 1_700_000_000_000_000_000L, 1000, 1_700_000_000_500_000_000L));
        for (int i = 0; i < PROCESSES; i++) {
            writer.addProcess(i - 1, -1, -1, -1, body, body.length);
        }
        for (int i = 0; i < EVENTS; i += 2) {
            open(1_700_000_000_500_000_000L + i * 10_000L, i % PROCESSES);
            connect(1_700_000_000_500_005_000L + i * 10_000L, i % PROCESSES);
        }
        return writer.finish(0, 1);
    }

    private void open(long time, int process) {
        writer.beginEvent(EventType.OPENAT.number(), time, process, 4242, 1, 17);
        writer.arguments(7);
        writer.argument(17);
        writer.argument(-100);
        writer.argument(ring, 0, FILE.length);
        writer.argument(0x80000);
        writer.argument(0);
        writer.argument(0xfd01);
        writer.argument(1_234_567);
        writer.paths(1);
        writer.path(ring, 0, FILE.length);
        writer.beginFileDescriptor(17, 1);
        writer.path(ring, 0, FILE.length);
        writer.endFileDescriptor(0xfd01, 1_234_567, 0100644, 0);
    }

    private void connect(long time, int process) {
        writer.beginEvent(EventType.CONNECT.number(), time, process, 4242, 1, 0);
        writer.arguments(4);
        writer.argument(0);
        writer.argument(ring, FILE.length, TUPLE.length);
        writer.argument(18);
        writer.argumentNull();
        writer.paths(0);
        writer.beginSocketDescriptor(18, 2, 1, 6);
        writer.endpoint(ring, FILE.length + TUPLE.length, ADDRESS.length, 51234);
        writer.endpoint(ring, FILE.length + TUPLE.length, ADDRESS.length, 443);
        writer.endSocketDescriptor(false, NOTHING, 99_999, true);
    }

    /// Locates every event and reads its numbers.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long pass() {
        cursor.wrap(record);
        long sum = 0;
        while (cursor.next()) {
            sum += cursor.type();
        }
        return sum;
    }

    /// Decodes every string.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long readStrings() {
        cursor.wrap(record);
        long sum = 0;
        while (cursor.next()) {
            sum += cursor.process(cursor.process()).name().length();
            for (int i = 0; i < cursor.argumentCount(); i++) {
                if (cursor.argumentKind(i) == ArgumentKind.STRING) {
                    sum += cursor.argumentString(i).length();
                }
            }
            for (int i = 0; i < cursor.pathCount(); i++) {
                sum += cursor.path(i).length();
            }
        }
        return sum;
    }

    /// The same bytes through Avro's generic reader.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public GenericRecord avroGenericReader() {
        try {
            return generic.read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
