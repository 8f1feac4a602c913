package dev.tiercel.detector.correlate;

/// How far one partition of events has been judged, in event time.
///
/// It never goes back, and never beyond the time of day: one event with a date in the future would make all others
/// late. Times are nanoseconds since the epoch. Not thread-safe: each task has its own; what it said survives the
/// task in the state of correlations.
public final class PartitionClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long time;
    private long said;
    private long saidAt = Long.MIN_VALUE;
    private long heldFrom = Long.MAX_VALUE;

    /// Events up to `latest` have been judged.
    ///
    /// @param now milliseconds since the epoch
    public void judged(long latest, long now) {
        time = Math.max(time, Math.min(latest, now * NANOS_PER_MILLI));
    }

    /// Everything that happened until `until` has been judged; 0: not known.
    public void idle(long until) {
        time = Math.max(time, until);
    }

    /// An event of this time is still to be judged, but not earlier ones; `Long.MAX_VALUE`: none is.
    public void hold(long from) {
        heldFrom = from;
    }

    /// What it is, not beyond what is still to be judged; 0: not known.
    public long time() {
        return Math.max(said, Math.min(time, heldFrom));
    }

    /// Time of the latest event that has been read; 0: not known.
    public long reached() {
        return time;
    }

    /// Whether it has advanced since it was last said.
    public boolean news() {
        return time() > said;
    }

    /// Whether it was never said.
    public boolean isSilent() {
        return saidAt == Long.MIN_VALUE;
    }

    /// Milliseconds since it was last said; a large number: never.
    public long sinceSaid(long now) {
        return saidAt == Long.MIN_VALUE ? Long.MAX_VALUE : now - saidAt;
    }

    /// It has been said at `now`.
    public void said(long now) {
        said = time();
        saidAt = now;
    }
}
