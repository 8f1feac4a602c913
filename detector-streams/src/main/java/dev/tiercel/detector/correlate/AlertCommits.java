package dev.tiercel.detector.correlate;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Asks for a commit soon after something was forwarded, and at most once in an interval.
///
/// A transaction that holds nothing but offsets can wait for `commit.interval.ms`, which is why that is long. Where
/// records have waited for longer than the interval, as in a backlog, so may what comes of them: a commit costs more
/// than the work of many records, and whoever is behind would stay behind. Used by one stream task.
public final class AlertCommits {
    /// Longest interval, of those who are far behind.
    static final Duration BEHIND = Duration.ofSeconds(1);

    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private long asked;
    private @Nullable Cancellable timer;

    /// @param interval longest time that what was forwarded waits to be asked for, of those who are not behind
    public AlertCommits(ProcessorContext<?, ?> context, Duration interval) {
        this.context = context;
        this.interval = interval;
        this.asked = context.currentSystemTimeMs() - interval.toMillis();
    }

    /// Something was forwarded: it is committed now, or when the interval since the last time is over.
    ///
    /// @param since time of what it came from, milliseconds since the epoch
    public void forwarded(long since) {
        long now = context.currentSystemTimeMs();
        long left = asked + interval(now - since) - now;
        if (left <= 0) {
            ask(now);
        } else if (timer == null) {
            timer = context.schedule(Duration.ofMillis(left), PunctuationType.WALL_CLOCK_TIME, this::ask);
        }
    }

    private long interval(long waited) {
        return Math.clamp(waited, interval.toMillis(), BEHIND.toMillis());
    }

    private void ask(long now) {
        asked = now;
        context.commit();
        Cancellable due = timer;
        timer = null;
        if (due != null) {
            due.cancel();
        }
    }
}
