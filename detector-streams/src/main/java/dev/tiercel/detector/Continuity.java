package dev.tiercel.detector;

/// Follows the offsets of one partition of `events.syscall` as a task receives them, and tells which were left out, and
/// which have been judged before.
///
/// Kafka Streams (4.3.1, 4.4.0) does both when a commit times out and the task is closed and revived, to go back to the
/// committed offset once it is initialised. It leaves records out if a rebalance comes first: that closes the revived
/// task and makes a new one, which does not go back (`TaskManager.handleTasksPendingInitialization`), so that what had
/// been fetched is jumped over. It repeats them if it asks for the committed offset while the commit that timed out is
/// still under way: that succeeds later, and the task has begun before it. A topic that expires or is truncated leaves
/// out as well. Since what a task commits begins where it was committed last, the first record of a task must be at
/// that offset, and each other one right after its predecessor. Whoever sets the application back changes the
/// committed offset, too.
///
/// Not thread-safe: each task has its own.
final class Continuity {
    private static final long UNKNOWN = -1;

    private final EventLog log;
    private long begin = UNKNOWN;
    private long next;

    Continuity(EventLog log) {
        this.log = log;
    }

    /// Whether the record at `offset` was judged and committed before this task began.
    boolean judgedBefore(int partition, long offset) {
        if (begin == UNKNOWN) {
            begin = log.committed(partition).orElse(offset);
            next = begin;
        }
        return offset < begin;
    }

    /// The first offset that was left out before the record at `offset`; `offset` itself: none. After [#judgedBefore].
    long firstMissing(long offset) {
        return Math.min(next, offset);
    }

    /// The record at `offset` has been judged, and what was left out before it.
    void received(long offset) {
        next = offset + 1;
    }
}
