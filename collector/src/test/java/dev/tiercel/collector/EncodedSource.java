package dev.tiercel.collector;

import dev.tiercel.collector.capture.CaptureCounters;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.KeventHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/// Emits encoded records in the order they were added.
class EncodedSource implements RecordSource {
    static final long BOOT_TIME = 1_700_000_000_000_000_000L;

    /// Changes when the wall clock is set.
    long bootTime = BOOT_TIME;

    private final Deque<byte[]> records = new ArrayDeque<>();
    private final ByteBuffer ring = ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder());
    final List<String> waits = new ArrayList<>();
    long lost;
    boolean ended;
    private volatile boolean closed;

    /// Adds a record: `encoder` wrapped, filled by `fill`, finished.
    <E extends HeaderEncoder<E>> EncodedSource add(E encoder, UnaryOperator<E> fill) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        int length = fill.apply(encoder.wrap(buffer, 0)).finish();
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return add(bytes);
    }

    EncodedSource add(byte[] record) {
        records.add(record);
        return this;
    }

    @Override
    public int drain(KeventHandler handler, int limit) {
        int delivered = 0;
        while (!records.isEmpty() && delivered < limit) {
            byte[] record = records.remove();
            ring.put(64, record);
            handler.onRecord(ring, 64, record.length);
            delivered++;
        }
        return delivered;
    }

    @Override
    public boolean await(Duration timeout) {
        waits.add("many " + timeout.toMillis() + " ms");
        return !records.isEmpty();
    }

    @Override
    public boolean awaitFirst(Duration timeout) {
        waits.add("first " + timeout.toMillis() + " ms");
        return !records.isEmpty();
    }

    @Override
    public long bootTimeEpochNanos() {
        return bootTime;
    }

    @Override
    public CaptureCounters counters() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        List<Long> none = List.of(0L, 0L, 0L, 0L, 0L);
        return new CaptureCounters(none, List.of(lost, 0L, 0L, 0L, 0L), none, 0, 0, 0);
    }

    @Override
    public long pendingBytes() {
        return records.stream().mapToLong(record -> record.length).sum();
    }

    @Override
    public String describe() {
        return closed ? "described after close" : "encoded records";
    }

    @Override
    public String hostname() {
        return "web-1";
    }

    @Override
    public boolean snapshotComplete() {
        return true;
    }

    @Override
    public boolean finished() {
        return ended && records.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
