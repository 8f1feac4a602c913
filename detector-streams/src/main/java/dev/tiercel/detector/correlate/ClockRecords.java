package dev.tiercel.detector.correlate;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.MatchBatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Says on topic `matches` how far a task has judged its partition: once a second while events come, every few
/// seconds while none do, and never if no correlation waits for it.
///
/// The clock follows the matches of the events that it covers, on each partition of `matches`. Used by one task.
public final class ClockRecords {
    /// Between two records while events come.
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /// Between two looks whether nothing waits; as often as the brokers are asked.
    static final Duration LOOK = Duration.ofSeconds(5);

    /// Between two looks whether anything has come to wait for the clock. Each makes Kafka Streams commit.
    static final Duration RARELY = Duration.ofMinutes(1);

    private final ProcessorContext<?, ?> context;
    private final String source;
    private final TopicPartition at;
    private final IdlePartitions idle;
    private final BooleanSupplier wanted;
    private final Consumer<MatchBatch> out;
    private final PartitionClock clock = new PartitionClock();
    private Cancellable looks;
    private boolean often;
    private @Nullable Cancellable timer;
    private long gapFrom;
    private long gapTo;

    /// @param wanted whether anything waits for the clock of the source
    public ClockRecords(
            ProcessorContext<?, ?> context,
            String source,
            IdlePartitions idle,
            BooleanSupplier wanted,
            Consumer<MatchBatch> out) {
        this.context = context;
        this.source = source;
        this.at = new TopicPartition(
                Objects.requireNonNull(Topics.bySource().get(source)).name(),
                context.taskId().partition());
        this.idle = idle;
        this.wanted = wanted;
        this.out = out;
        often = wanted.getAsBoolean();
        looks = looks();
    }

    private Cancellable looks() {
        return context.schedule(often ? LOOK : RARELY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    /// A record has been judged, with everything before it.
    ///
    /// @param latest time of its last event, nanoseconds since the epoch; 0: it has none
    /// @param complete false: events before or in it may be missing
    public void judged(long latest, boolean complete) {
        long now = context.currentSystemTimeMs();
        long before = clock.time();
        clock.judged(latest, now);
        if (!complete) missing(before, Math.max(clock.time(), 1));
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
        return (clock.news() || gapTo > 0) && wanted.getAsBoolean() && idle.partitions(at.topic()) > 0;
    }

    private void sayOrWait(long now) {
        if (clock.sinceSaid(now) >= INTERVAL.toMillis()) {
            say(now);
        } else {
            timer = context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::waited);
        }
    }

    private void waited(long now) {
        Objects.requireNonNull(timer).cancel();
        timer = null;
        say(now);
    }

    private void look(long now) {
        if (often != wanted.getAsBoolean()) {
            often = !often;
            looks.cancel();
            looks = looks();
        }
        clock.idle(idle.idleAt(at));
        if (due()) say(now);
    }

    private void say(long now) {
        clock.said(now);
        out.accept(new MatchBatch(
                source,
                at.topic(),
                at.partition(),
                idle.partitions(at.topic()),
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
