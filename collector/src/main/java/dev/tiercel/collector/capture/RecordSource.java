package dev.tiercel.collector.capture;

import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.List;

/// Kernel records in order of occurrence, from a live probe or a recording. One thread drains and waits; [#counters],
/// [#describe], [#check] and [#close] may be called from any thread.
public interface RecordSource extends AutoCloseable {
    /// Passes up to `limit` records to the handler and returns how many; 0 if none is ready. A record's bytes are valid
    /// until the handler returns.
    ///
    /// @throws IllegalStateException if the source is closed or broken; the message says which
    int drain(KeventHandler handler, int limit);

    /// Waits until records are ready, at most `timeout`; false if none is. Returns at once when [#finished].
    ///
    /// A live source wakes by volume: below its wake-up threshold the wait takes the whole `timeout`. So `timeout`
    /// bounds the delay of a record.
    boolean await(Duration timeout);

    /// As [#await], but the first record ends the wait: for a caller that has nothing else to do. A live source may
    /// miss one that comes just as the wait begins, so here too `timeout` bounds the delay of a record.
    default boolean awaitFirst(Duration timeout) {
        return await(timeout);
    }

    /// Offset that turns a record's `ktime` into nanoseconds since the epoch. That of a live source changes when the
    /// wall clock is set; that of a recording is as it was when the recording began. For the draining thread.
    long bootTimeEpochNanos();

    /// What the source has captured and lost so far; every count is monotonic.
    CaptureCounters counters();

    /// Whether the records come from a running kernel: what is not drained in time is lost.
    default boolean live() {
        return false;
    }

    /// Undrained bytes on the ring; 0 for a recording. For the draining thread.
    default long pendingBytes() {
        return 0;
    }

    /// Every program of the probe, attached or refused; empty for a recording.
    default List<ProgramStatus> programs() {
        return List.of();
    }

    /// One line for people: the kernel and its attached programs, or the file and where and when it was recorded.
    String describe();

    /// Health of the source's own threads, if it has any; cheap.
    default Health check() {
        return Health.ok();
    }

    /// The host the records come from.
    String hostname();

    /// Whether every process that was running when the source was opened has been emitted.
    boolean snapshotComplete();

    /// Whether no record will follow: the end of a recording.
    boolean finished();

    @Override
    void close();
}
