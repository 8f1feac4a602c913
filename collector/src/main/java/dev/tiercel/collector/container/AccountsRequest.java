package dev.tiercel.collector.container;

import java.time.Duration;

/// The reads of a container's account files: one at a time, and again while no process had the container's root.
/// Confined to the thread that polls.
final class AccountsRequest {
    /// How long a read may take, and batches wait for the files.
    static final Duration LIMIT = Duration.ofSeconds(1);

    private static final long LIMIT_NANOS = LIMIT.toNanos();
    /// For which files that cannot be read yet are tried again and again.
    private static final long START_NANOS = 10_000_000_000L;

    private static final long INTERVAL_NANOS = 30_000_000_000L;

    private boolean begun;
    private long firstNanos;
    private long lastNanos;
    private boolean known;
    private boolean running;
    private boolean needed;
    private long neededNanos;
    private int nextPid;

    /// Whether a read is to be started now: none is running, and the files are unknown or were read long ago. If one is
    /// running, it is followed by another if it fails.
    ///
    /// @param pid of a process that may have the container's root
    /// @param names whether a name in the files is needed at once
    boolean due(int pid, boolean names, long nowNanos) {
        if (begun && nowNanos - lastNanos >= INTERVAL_NANOS) {
            running = false; // it hangs, or threw
        } else if (begun && (known || nowNanos - firstNanos >= START_NANOS)) {
            return false;
        }
        if (names && !needed) {
            needed = true;
            neededNanos = nowNanos;
        }
        nextPid = running ? pid : 0;
        return !running;
    }

    void started(long nowNanos) {
        firstNanos = begun ? firstNanos : nowNanos;
        begun = true;
        running = true;
        lastNanos = nowNanos;
        nextPid = 0;
    }

    /// The read has ended, or was refused.
    ///
    /// @param read whether it was of the container's files
    /// @return pid of the process to read by next; 0: none
    int ended(boolean read) {
        running = false;
        known |= read;
        int next = read ? 0 : nextPid;
        nextPid = 0;
        return next;
    }

    /// Whether the files are needed and being read, and are not late.
    boolean awaited(long nowNanos) {
        return needed && running && nowNanos - neededNanos < LIMIT_NANOS;
    }
}
