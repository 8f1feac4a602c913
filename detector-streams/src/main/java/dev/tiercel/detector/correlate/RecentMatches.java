package dev.tiercel.detector.correlate;

import java.time.Duration;

/// Whether this process has lately made matches: then alerts may soon wait for clocks. Thread-safe.
public final class RecentMatches {
    /// How long a match counts as recent.
    static final Duration LATELY = Duration.ofMinutes(1);

    private volatile long last = Long.MIN_VALUE;

    /// A match has been made.
    ///
    /// @param now milliseconds since the epoch
    public void made(long now) {
        last = now;
    }

    /// Whether one was made in the last minute.
    ///
    /// @param now milliseconds since the epoch
    public boolean any(long now) {
        return last != Long.MIN_VALUE && now - last < LATELY.toMillis();
    }
}
