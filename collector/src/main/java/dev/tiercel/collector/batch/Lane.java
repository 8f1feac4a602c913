package dev.tiercel.collector.batch;

import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.schemas.BatchWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.LongSupplier;

/// Events that keep their order: the open batch, and before it the full ones that wait for an engine to describe a
/// container.
///
/// Batches leave in the order they were opened, so a waiting one holds back all later ones. Single-threaded.
public final class Lane {
    /// Most bytes that wait, in multiples of a batch's size; beyond it the oldest batch leaves as it is.
    private static final int WAITING_LIMIT = 32;

    /// Events that are worth a record of their own: with as many, a batch is due after half the interval.
    private static final int WORTHWHILE = 64;

    private static final int SPARE_LIMIT = 2;

    private final int number;
    private final NodeState node;
    private final BatchOrigin origin;
    private final BatchLimits limits;
    private final LongSupplier lostRecords;
    private final Queue<Batch> finished;
    private final Deque<BatchAssembly> waiting = new ArrayDeque<>();
    private final Deque<BatchAssembly> spare = new ArrayDeque<>();
    private BatchAssembly current;
    private long waitingBytes;
    private long sequence;
    private long firstEvent;
    private long lostBefore;
    private long sealedNanos;

    /// @param lostRecords records lost before they could be drained; monotonic
    /// @param finished receives the finished batches
    Lane(
            int number,
            NodeState node,
            BatchOrigin origin,
            BatchLimits limits,
            LongSupplier lostRecords,
            Queue<Batch> finished) {
        this.number = number;
        this.node = node;
        this.origin = origin;
        this.limits = limits;
        this.lostRecords = lostRecords;
        this.finished = finished;
        this.current = assembly();
        this.sealedNanos = Long.MIN_VALUE / 2;
    }

    /// The writer to add one event with; complete it with [#added] or [#cancelEvent].
    ///
    /// @param time nanoseconds since the epoch
    /// @param nowNanos of the collector's clock
    public BatchWriter begin(long time, long nowNanos) {
        if (!current.isOpen()) {
            current.open(sequence, firstEvent, time, nowNanos);
        }
        return current.writer();
    }

    /// Index of the process's current state in the open batch, for [BatchWriter#beginEvent].
    public int index(ProcessEntry process) {
        return current.index(process);
    }

    /// Discards the event that was begun.
    public void cancelEvent() {
        current.writer().cancelEvent();
    }

    /// The event that was begun is complete.
    public void added(long nowNanos) {
        if (current.full()) {
            seal(nowNanos);
            finishReady(nowNanos);
        }
    }

    /// Finishes the batches that are due.
    void closeDue(long nowNanos) {
        finishReady(nowNanos);
        if (nanosUntilDue(nowNanos) <= 0) {
            closeAll(nowNanos);
        }
    }

    /// Nanoseconds until the open batch is due; 0 or less: it is; [Long#MAX_VALUE]: none is open, or an engine's
    /// response decides. A full batch is due before.
    long nanosUntilDue(long nowNanos) {
        if (!hasEvents() || !waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long lingered = current.openedNanos() + limits.linger().toNanos();
        long interval = limits.interval().toNanos();
        long paced = sealedNanos + (current.events() < WORTHWHILE ? interval : interval / 2);
        long due = Math.max(lingered, paced) - nowNanos;
        return due <= 0 && current.awaitsEngine(nowNanos) ? Long.MAX_VALUE : due;
    }

    /// Finishes every batch that has an event, without further waiting.
    void closeAll(long nowNanos) {
        seal(nowNanos);
        while (!waiting.isEmpty()) {
            finishOldest();
        }
    }

    /// Whether every event is in a finished batch.
    boolean isEmpty() {
        return waiting.isEmpty() && !hasEvents();
    }

    /// Events in batches that are not finished.
    long pendingEvents() {
        long events = hasEvents() ? current.events() : 0;
        for (BatchAssembly batch : waiting) {
            events += batch.events();
        }
        return events;
    }

    private boolean hasEvents() {
        return current.isOpen() && current.events() > 0;
    }

    private void seal(long nowNanos) {
        if (hasEvents()) {
            sealedNanos = nowNanos;
            sequence++;
            firstEvent += current.events();
            waitingBytes += current.sizeBytes();
            waiting.add(current);
            current = spare.isEmpty() ? assembly() : spare.pop();
        }
    }

    private void finishReady(long nowNanos) {
        while (!waiting.isEmpty()
                && (waitingBytes > (long) WAITING_LIMIT * limits.bytes()
                        || !waiting.getFirst().awaitsEngine(nowNanos))) {
            finishOldest();
        }
    }

    private void finishOldest() {
        BatchAssembly oldest = waiting.remove();
        waitingBytes -= oldest.sizeBytes();
        long lost = lostRecords.getAsLong();
        finished.add(oldest.finish(lost - lostBefore));
        lostBefore = lost;
        if (spare.size() < SPARE_LIMIT) {
            spare.push(oldest);
        }
    }

    private BatchAssembly assembly() {
        return new BatchAssembly(number, node, origin, limits);
    }
}
