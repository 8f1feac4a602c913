package dev.tiercel.sinks.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a receiver alone after it failed: twice as long each time, up to a minute, and somewhere between
/// half and all of it, so that not everybody comes back at once.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @param failures without a delivery between them, at least one
    /// @param asked    what the receiver wants; zero: it did not say
    Duration after(int failures, Duration asked) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 10);
        long longest = Math.min(doubled, LONGEST.toMillis());
        Duration own = Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
