package dev.tiercel.detector;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a stream thread that failed is replaced: at once the first time, then after a growing pause, and no
/// more once 24 have failed with nothing judged in between, which takes about eight minutes.
///
/// Failures of Kafka and of the registry are worth another try, except those that say no for good. Kafka Streams wraps
/// some failures of a transaction that a new thread is free of as fatal ones (a commit in an old generation of the
/// group). Thread-safe.
final class ThreadReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final int LIMIT = 24;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LongSupplier judged;
    private int failures;
    private long judgedAtFailure = -1;
    private @Nullable Throwable last;

    /// @param judged records judged so far: what counts as progress
    ThreadReplacement(LongSupplier judged) {
        this.judged = judged;
    }

    /// Waits the pause that is due, on the failed thread; false: it is not to be replaced.
    boolean allowed(Throwable cause) {
        int failed = worthAnotherTry(cause) ? count(cause) : LIMIT + 1;
        if (failed > LIMIT) {
            return false;
        }
        Duration pause = pause(failed);
        LOG.warn(
                "stream thread failed and is replaced in {} ms ({} of at most {} without progress): {}",
                pause.toMillis(),
                failed,
                LIMIT,
                cause.toString(),
                cause);
        return sleep(pause); // outside of the lock: health is asked meanwhile
    }

    private synchronized int count(Throwable cause) {
        long now = judged.getAsLong();
        failures = now == judgedAtFailure ? failures + 1 : 1;
        judgedAtFailure = now;
        last = cause;
        return failures;
    }

    /// Failing while threads fail one after the other with nothing judged in between.
    synchronized Health check() {
        boolean stuck = failures > 1 && judged.getAsLong() == judgedAtFailure;
        return stuck
                ? Health.failing(
                        "stream thread replaced %d times and nothing judged since: %s".formatted(failures, last))
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
