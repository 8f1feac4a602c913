package dev.tiercel.collector.capture;

import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.List;

/// Records in the order they happened, from a live probe or a recording. One thread drains and waits; [#counters],
/// [#describe], [#check] and [#close] may come from any other.
public interface RecordSource extends AutoCloseable {
    /// Gives the handler up to `limit` records and returns how many; 0 if none is ready. A record's bytes are valid
    /// until the handler returns.
    ///
    /// @throws IllegalStateException if the source can give no more, with the reason
    int drain(KeventHandler handler, int limit);

    /// Waits until records are ready, at most `timeout`; false if none is. Returns at once when [#finished].
    /// A live source is woken by volume: while fewer bytes than its wake-up threshold are ready it takes the whole
    /// `timeout`, which so bounds how late a record is seen.
    boolean await(Duration timeout);

    /// Add it to a record's `ktime` to get nanoseconds since the epoch.
    long bootTimeEpochNanos();

    /// What the source has seen and lost so far, all growing.
    CaptureCounters counters();

    /// Bytes that the kernel has put on the ring and nobody has drained; 0 of a recording. By the draining thread.
    default long pendingBytes() {
        return 0;
    }

    /// Every program of the probe, attached or refused; none of a recording.
    default List<ProbeProgram> programs() {
        return List.of();
    }

    /// One line for people: kernel and programs attached, or file and when and where it was recorded.
    String describe();

    /// How the source's own threads are, if it has any; cheap.
    default Health check() {
        return Health.ok();
    }

    /// The node that the records are of.
    String hostname();

    /// True once every process that ran before the source was opened has been put into the stream.
    boolean snapshotComplete();

    /// True when no record will ever come again: the end of a recording.
    boolean finished();

    @Override
    void close();
}
