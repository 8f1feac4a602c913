package dev.tiercel.detector.continuity;

import org.apache.kafka.common.TopicPartition;

/// Follows the offsets of one partition of an event topic as a task receives them, and tells which were left out.
///
/// Kafka Streams (4.3.1, 4.4.0) can leave out records: when a commit times out, the task is closed and revived, to go
/// back to the committed offset once it is initialised; a rebalance before that closes the revived task and makes a
/// new one, which does not go back (`TaskManager.handleTasksPendingInitialization`), so that what had been fetched is
/// jumped over. A topic that expires or is truncated does the same. Since what a task commits begins where it was
/// committed last, the first record of a task must be at that offset, and each other one right after its predecessor.
///
/// Not thread-safe: each task has its own.
public final class Continuity {
    private static final long UNKNOWN = -1;
    private static final long ANY = -2;

    private final EventLog log;
    private final boolean dense;
    private long next = UNKNOWN;

    /// @param dense whether every offset is a record; else transactions end in offsets that are none, and only the
    /// first record of a task is compared
    public Continuity(EventLog log, boolean dense) {
        this.log = log;
        this.dense = dense;
    }

    /// The first offset that was left out before the record at `offset`; `offset` itself: none. An offset that was
    /// received before is a new beginning: somebody has set the application back.
    public long firstMissing(TopicPartition at, long offset) {
        if (next == UNKNOWN) {
            next = log.committed(at).orElse(offset);
        }
        return next == ANY ? offset : Math.min(next, offset);
    }

    /// The record at `offset` has been judged, and what was left out before it.
    public void received(long offset) {
        next = dense ? offset + 1 : ANY;
    }
}
