package dev.tiercel.detector.correlate;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Asks for a commit soon after something was forwarded, and at most once in an interval.
///
/// A transaction that holds nothing but offsets can wait for `commit.interval.ms`, which is why that is long. Used
/// by one stream task.
public final class AlertCommits {
    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private long asked;
    private @Nullable Cancellable timer;

    /// @param interval longest time that what was forwarded waits to be asked for
    public AlertCommits(ProcessorContext<?, ?> context, Duration interval) {
        this.context = context;
        this.interval = interval;
        this.asked = context.currentSystemTimeMs() - interval.toMillis();
    }

    /// Something was forwarded: it is committed now, or when the interval since the last time is over.
    public void forwarded() {
        long now = context.currentSystemTimeMs();
        if (now - asked >= interval.toMillis()) {
            ask(now);
        } else if (timer == null) {
            timer = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::ask);
        }
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
