package dev.tiercel.detector;

import dev.tiercel.detector.continuity.Continuity;
import dev.tiercel.detector.continuity.EventLog;
import dev.tiercel.detector.correlate.AlertCommits;
import dev.tiercel.detector.correlate.ClockRecords;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.avro.MatchBatch;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Step on a topic of events: judges each record by the rules in force when it is read.
///
/// Input: key ignored, value as its judges take it. Output: [Judgement]s with their keys. No record stops the
/// stream. An unreachable registry does: without it the record cannot be classified. What the stream left out is
/// fetched and judged first ([Continuity]), so every record is judged once, and in order; only rules that need what
/// is not known of an event yet may judge it later ([Judge.Bench#judgeLate]).
final class Detect implements ProcessorSupplier<byte[], byte[], String, Judgement> {
    /// How often events that wait are looked at.
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ActiveRules rules;
    private final Supplier<Judge.Bench> benches;
    private final DetectorMetrics metrics;
    private final EventLog log;
    private final Leaving leaving;
    private final ClockRecords.Source source;

    /// How results leave.
    ///
    /// @param application key of dead letters
    /// @param commitInterval longest time that a detection waits for a commit to be asked for
    record Leaving(String application, Duration commitInterval) {}

    /// @param benches makes one for each task
    Detect(
            ActiveRules rules,
            Supplier<Judge.Bench> benches,
            DetectorMetrics metrics,
            EventLog log,
            Leaving leaving,
            ClockRecords.Source source) {
        this.rules = rules;
        this.benches = benches;
        this.metrics = metrics;
        this.log = log;
        this.leaving = leaving;
        this.source = source;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return benches.get().stores();
    }

    @Override
    public Processor<byte[], byte[], String, Judgement> get() {
        return new Detecting();
    }

    private final class Detecting implements Processor<byte[], byte[], String, Judgement> {
        private final Judge.Bench bench = benches.get();
        private final Timer delays = metrics.delays(source.name());
        private final Continuity continuity = new Continuity(log, bench.offsetsAreDense());
        private @Nullable ProcessorContext<String, Judgement> context;
        private @Nullable AlertCommits commits;
        private @Nullable ClockRecords clock;
        private @Nullable Judge judge;
        private @Nullable Cancellable timer;

        @Override
        public void init(ProcessorContext<String, Judgement> given) {
            context = given;
            commits = new AlertCommits(given, leaving.commitInterval());
            clock = new ClockRecords(given, source, bench::heldFrom, this::say);
            timer = null;
            bench.open(given);
            lookLater();
        }

        /// Looks at the events that wait, as long as there are any.
        private void lookLater() {
            if (timer == null && bench.waits()) {
                timer = context().schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
            }
        }

        private void look(long now) {
            LoadedRules current = rules.current();
            if (current != null) {
                bench.judgeLate(
                        current,
                        now,
                        (judgement, time) -> forward(new Record<>("", judgement, Math.max(0, time)), judgement));
            }
            if (!bench.waits() && timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            RecordMetadata at = context().recordMetadata().orElseThrow();
            long missing = continuity.firstMissing(new TopicPartition(at.topic(), at.partition()), at.offset());
            if (missing < at.offset()) {
                catchUp(new TopicPartition(at.topic(), at.partition()), missing, at.offset());
            }
            take(record, new EventLocation(at.topic(), at.partition(), at.offset(), 0));
            continuity.received(at.offset());
        }

        /// Judges what is left of the records that the stream jumped over. Its end markers of transactions are no
        /// loss.
        private void catchUp(TopicPartition at, long from, long to) {
            long[] judged = {0};
            long gone = log.read(at, from, to, record -> {
                judged[0]++;
                take(
                        new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers()),
                        new EventLocation(record.topic(), record.partition(), record.offset(), 0));
            });
            if (gone > 0) bench.beginningLost();
            boolean onlyMarkers = !bench.offsetsAreDense() && judged[0] == 0 && gone == 0;
            if (!onlyMarkers) metrics.leftOut(at, from, to, judged[0], gone);
        }

        /// Forwards outside of judging, so that a failure downstream is not attributed to the record.
        private void take(Record<byte[], byte[]> record, EventLocation first) {
            metrics.taken();
            bench.record(context().currentSystemTimeMs(), record.timestamp());
            Judge current = judge();
            Unreadable unreadable = attempt(record, first, () -> current.begin(value(record), first));
            boolean[] more = {unreadable == null};
            while (more[0]) {
                more[0] = false;
                unreadable = attempt(record, first, () -> more[0] = current.advance());
                current.raised().forEach(judgement -> forward(record, judgement));
            }
            if (unreadable != null) {
                metrics.unreadable(unreadable);
                forward(record, unreadable);
            }
            if (current.latest() > 0) {
                long millis = context().currentSystemTimeMs() - current.latest() / NANOS_PER_MILLI;
                delays.record(Math.max(0, millis), TimeUnit.MILLISECONDS); // clocks of nodes differ
            }
            clock().judged(current.latest(), unreadable == null && current.evidenceComplete());
            lookLater();
        }

        private void forward(Record<?, ?> record, Judgement judgement) {
            if (judgement instanceof Judgement.Matched)
                source.matches().made(context().currentSystemTimeMs());
            send(record, judgement);
            Objects.requireNonNull(commits, "process before init").forwarded(record.timestamp());
        }

        private void send(Record<?, ?> record, Judgement judgement) {
            context()
                    .forward(
                            record.withKey(judgement.key(leaving.application())).withValue(judgement));
        }

        /// Without recent matches a clock goes with the next commit of offsets.
        private void say(MatchBatch clock) {
            long now = context().currentSystemTimeMs();
            Judgement said = new Judgement.Matched(clock);
            send(new Record<>("", said, now), said);
            if (source.matches().any(now)) {
                Objects.requireNonNull(commits, "process before init").forwarded(now);
            }
        }

        private ClockRecords clock() {
            return Objects.requireNonNull(clock, "process before init");
        }

        private static byte[] value(Record<byte[], byte[]> record) {
            if (record.value() == null) {
                throw new BadRecordException(BadRecordException.Reason.MISSING, "no value where an event is required");
            }
            return record.value();
        }

        /// Why the record could not be judged further; null if `step` succeeded.
        private @Nullable Unreadable attempt(Record<byte[], byte[]> record, EventLocation at, Runnable step) {
            try {
                step.run();
                return null;
            } catch (BadRecordException bad) {
                return unreadable(record, at, bad.reason().name(), String.valueOf(bad.getMessage()));
            } catch (RegistryException unknown) {
                throw unknown;
            } catch (RuntimeException unexpected) {
                return unreadable(record, at, Unreadable.UNEXPECTED, unexpected.toString());
            }
        }

        private static Unreadable unreadable(
                Record<byte[], byte[]> record, EventLocation at, String reason, String message) {
            return new Unreadable(
                    at.topic(), at.partition(), at.offset(), record.key(), record.value(), reason, message);
        }

        private Judge judge() {
            LoadedRules current = rules.current();
            if (current == null) {
                throw new IllegalStateException("event received before the first rules: the detector should be paused");
            }
            if (judge == null || !judge.rules().equals(current)) {
                judge = bench.judge(current);
            }
            return judge;
        }

        private ProcessorContext<String, Judgement> context() {
            if (context == null) {
                throw new IllegalStateException("process before init");
            }
            return context;
        }
    }
}
