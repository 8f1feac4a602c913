package dev.tiercel.detector.cluster;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a stream thread that failed is replaced: at once the first time, then after a growing pause, and
/// no more once 24 have failed, one soon after the other, which takes about eight minutes.
///
/// What a thread judged before it failed is no sign of progress, since it may have judged the same again. So it is
/// the time since the last failure that ends a series. Failures of Kafka and of the registry are worth another try,
/// except those that say no for good. Kafka Streams wraps some failures of a transaction that a new thread is free
/// of as fatal ones (a commit in an old generation of the group). Thread-safe.
public final class ThreadReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final int LIMIT = 24;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// Longer than the longest pause and the start of a thread together.
    private static final Duration CALM = Duration.ofMinutes(2);

    private final InstantSource clock;
    private int failures;
    private Instant lastFailure = Instant.EPOCH;
    private @Nullable Throwable last;

    public ThreadReplacement(InstantSource clock) {
        this.clock = clock;
    }

    /// Waits the pause that is due, on the failed thread; false: it is not to be replaced.
    public boolean allowed(Throwable cause) {
        int failed = worthAnotherTry(cause) ? count(cause) : LIMIT + 1;
        if (failed > LIMIT) {
            return false;
        }
        Duration pause = pause(failed);
        LOG.warn(
                "stream thread failed and is replaced in {} ms (number {} of at most {} in a row): {}",
                pause.toMillis(),
                failed,
                LIMIT,
                cause.toString(),
                cause);
        return sleep(pause); // outside of the lock: health is asked meanwhile
    }

    private synchronized int count(Throwable cause) {
        failures = calm() ? 1 : failures + 1;
        lastFailure = clock.instant();
        last = cause;
        return failures;
    }

    private boolean calm() {
        return clock.instant().isAfter(lastFailure.plus(CALM));
    }

    /// Failing while threads fail one soon after the other.
    public synchronized Health check() {
        return failures > 1 && !calm()
                ? Health.failing("stream threads fail, %d one after the other: %s".formatted(failures, last))
                : Health.ok();
    }

    /// 0, 0.1, 0.2, 0.4 … 30 seconds.
    static Duration pause(int failures) {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofMillis(100L << Math.min(failures - 2, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    static boolean worthAnotherTry(Throwable cause) {
        boolean transientFailure = false;
        for (Throwable at = cause; at != null; at = at.getCause()) {
            switch (at) {
                case AuthorizationException no -> {
                    return false;
                }
                case RecordTooLargeException no -> {
                    return false;
                }
                case UnsupportedVersionException no -> {
                    return false;
                }
                case RegistryException registry -> {
                    return registry.reason() == RegistryException.Reason.UNAVAILABLE;
                }
                case KafkaException kafka -> transientFailure |= !(kafka instanceof StreamsException);
                default -> {}
            }
        }
        return transientFailure;
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
