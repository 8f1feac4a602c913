package dev.tiercel.detector.correlate;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.MatchBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Says on topic `matches` how far a task has judged its partition: once a second while events and matches come,
/// else every few seconds, and never if no correlation waits for it.
///
/// The clock follows the matches of the events that it covers, on each partition of `matches`, and does not pass an
/// event that is still to be judged. Used by one task.
public final class ClockRecords {
    /// Between two records while events and matches come.
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /// Between two looks whether the clock has advanced; as often as the brokers are asked what waits.
    static final Duration LOOK = Duration.ofSeconds(5);

    /// Between two looks whether anything has come to wait for the clock. Each makes Kafka Streams commit.
    static final Duration RARELY = Duration.ofMinutes(1);

    private final ProcessorContext<?, ?> context;
    private final Source source;
    private final TopicPartition at;
    private final LongSupplier heldFrom;
    private final Consumer<MatchBatch> out;
    private final PartitionClock clock = new PartitionClock();
    private Cancellable looks;
    private boolean often;
    private @Nullable Cancellable timer;
    private long gapFrom;
    private long gapTo;

    /// What all tasks of an event source share.
    ///
    /// @param wanted whether anything waits for the clock of the source
    public record Source(String name, IdlePartitions idle, RecentMatches matches, BooleanSupplier wanted) {}

    /// @param heldFrom time of the earliest event that is still to be judged, nanoseconds since the epoch;
    ///     `Long.MAX_VALUE`: there is none
    public ClockRecords(
            ProcessorContext<?, ?> context, Source source, LongSupplier heldFrom, Consumer<MatchBatch> out) {
        this.context = context;
        this.source = source;
        this.at = new TopicPartition(
                Objects.requireNonNull(Topics.bySource().get(source.name())).name(),
                context.taskId().partition());
        this.heldFrom = heldFrom;
        this.out = out;
        often = source.wanted().getAsBoolean();
        looks = looks();
    }

    /// At the same moments in all tasks, so that what they say is one transaction.
    private Cancellable looks() {
        return context.schedule(Instant.EPOCH, often ? LOOK : RARELY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    /// A record has been judged, with everything before it.
    ///
    /// @param latest time of its last event, nanoseconds since the epoch; 0: it has none
    /// @param complete false: events before or in it may be missing
    public void judged(long latest, boolean complete) {
        long now = context.currentSystemTimeMs();
        long before = clock.reached();
        clock.judged(latest, now);
        if (!complete) missing(before, Math.max(clock.reached(), 1));
        if (timer == null && due()) {
            sayOrWait(now);
        }
    }

    private void missing(long from, long to) {
        gapFrom = gapTo == 0 ? from : Math.min(gapFrom, from);
        gapTo = Math.max(gapTo, to);
    }

    /// With only some partitions known, the clock of a source would run ahead of the others.
    private boolean due() {
        clock.hold(heldFrom.getAsLong());
        return (clock.news() || gapTo > 0)
                && source.wanted().getAsBoolean()
                && source.idle().partitions(at.topic()) > 0;
    }

    /// Without recent matches the next look is soon enough.
    private void sayOrWait(long now) {
        follow();
        boolean urgent = source.matches().any(now);
        if (clock.isSilent() || (urgent && clock.sinceSaid(now) >= INTERVAL.toMillis())) {
            say(now);
        } else if (urgent) {
            timer = context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::waited);
        }
    }

    private void waited(long now) {
        Objects.requireNonNull(timer).cancel();
        timer = null;
        if (due()) say(now);
    }

    private void look(long now) {
        follow();
        clock.idle(source.idle().idleAt(at));
        if (due()) say(now);
    }

    /// The rules in force.
    private void follow() {
        if (often == source.wanted().getAsBoolean()) return;
        often = !often;
        looks.cancel();
        looks = looks();
    }

    private void say(long now) {
        clock.said(now);
        out.accept(new MatchBatch(
                source.name(),
                at.topic(),
                at.partition(),
                source.idle().partitions(at.topic()),
                clock.time(),
                gapFrom,
                gapTo,
                "",
                "",
                "",
                List.of(),
                List.of()));
        gapTo = 0;
        gapFrom = 0;
    }
}
