package dev.tiercel.benchmarks;

import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.RingWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds per record drained from the ring and decoded.
///
/// `bin/bench RingDrain`. The ring holds [RecordMix]; each operation is one record. `skip` passes records to a
/// handler that ignores them, `decode` reads every field that the collector reads, `decodeAndCopy` also copies the
/// strings out, as a batch must. With 1,000 records the ring's data fits into the cache, with 20,000 it does not.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingDrainBenchmark {
    private static final int ROUND = 20_000;
    private static final KeventHandler IGNORE = (data, offset, length) -> {};

    /// Records in the ring; [#ROUND] is a multiple.
    @Param({"1000", "20000"})
    public int records;

    private final RingWriter writer = new RingWriter(8 << 20);
    private final FieldReader fields = new FieldReader(false);
    private final FieldReader fieldsAndStrings = new FieldReader(true);

    /// Fills the ring; every variant must have read each record before it is timed.
    @Setup
    public void fill() {
        RecordMix mix = new RecordMix();
        int written = mix.fill(writer, records);
        check("records", written, records);
        check("skipped", drain(IGNORE), ROUND);
        for (FieldReader reader : new FieldReader[] {fields, fieldsAndStrings}) {
            check("decoded", drain(reader), ROUND);
            check("sum of pids", reader.takePids(), mix.pids() * (ROUND / records));
        }
        check("malformed", writer.ring().malformed(), 0);
    }

    private static void check(String what, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalStateException(what + ": " + actual + " instead of " + expected);
        }
    }

    private int drain(KeventHandler handler) {
        int drained = 0;
        while (drained < ROUND) {
            writer.rewind();
            drained += writer.ring().drain(handler, Integer.MAX_VALUE);
        }
        return drained;
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public int skip() {
        return drain(IGNORE);
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public long decode() {
        return drain(fields) + fields.takeSum();
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public long decodeAndCopy() {
        return drain(fieldsAndStrings) + fieldsAndStrings.takeSum();
    }
}
