package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on `events.syscall`: judges each batch by the rules in force when it is read.
///
/// Input: key ignored, value SyscallBatch. Output: [Detection]s, key alert id, and [Unreadable]s, key `application`.
/// No record stops the stream. An unreachable registry does: without it the record cannot be classified. What the
/// stream left out is fetched and judged first ([Continuity]), so every batch is judged once, and in order.
final class Detect implements ProcessorSupplier<byte[], byte[], String, Judgement> {
    private final ActiveRules rules;
    private final BatchVersions versions;
    private final DetectorMetrics metrics;
    private final EventLog log;
    private final String application;
    private final Duration commitInterval;

    /// @param commitInterval longest time that a detection waits for a commit to be asked for
    Detect(
            ActiveRules rules,
            BatchVersions versions,
            DetectorMetrics metrics,
            EventLog log,
            String application,
            Duration commitInterval) {
        this.rules = rules;
        this.versions = versions;
        this.metrics = metrics;
        this.log = log;
        this.application = application;
        this.commitInterval = commitInterval;
    }

    @Override
    public Processor<byte[], byte[], String, Judgement> get() {
        return new Detecting();
    }

    private final class Detecting implements Processor<byte[], byte[], String, Judgement> {
        private final Continuity continuity = new Continuity(log);
        private final LaneSequences sequences = new LaneSequences();
        private @Nullable ProcessorContext<String, Judgement> context;
        private @Nullable AlertCommits commits;
        private @Nullable Judge judge;

        @Override
        public void init(ProcessorContext<String, Judgement> given) {
            context = given;
            commits = new AlertCommits(given, commitInterval);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            RecordMetadata at = context().recordMetadata().orElseThrow();
            long missing = continuity.firstMissing(at.partition(), at.offset());
            if (missing < at.offset()) {
                catchUp(at.partition(), missing, at.offset());
            }
            take(record, new EventLocation(at.topic(), at.partition(), at.offset(), 0));
            continuity.received(at.offset());
        }

        /// Judges what is left of the records that the stream jumped over. Its end markers of transactions are no loss.
        private void catchUp(int partition, long from, long to) {
            long[] judged = {0};
            long gone = log.read(partition, from, to, record -> {
                judged[0]++;
                take(
                        new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers()),
                        new EventLocation(record.topic(), partition, record.offset(), 0));
            });
            if (gone > 0) sequences.beginningLost();
            metrics.leftOut(new TopicPartition(Topics.EVENTS_SYSCALL.name(), partition), from, to, judged[0], gone);
        }

        /// Forwards outside of judging, so that a failure downstream is not attributed to the record.
        private void take(Record<byte[], byte[]> record, EventLocation first) {
            metrics.taken();
            Judge current = judge();
            Unreadable unreadable = attempt(record, first, () -> current.begin(batch(record), first));
            boolean[] more = {unreadable == null};
            while (more[0]) {
                more[0] = false;
                unreadable = attempt(record, first, () -> more[0] = current.advance());
                for (Detection detection : current.raised()) {
                    forward(record.withKey(detection.id()).withValue(detection));
                }
            }
            if (unreadable != null) {
                metrics.unreadable(unreadable);
                forward(record.withKey(application).withValue(unreadable));
            }
        }

        private void forward(Record<String, Judgement> judgement) {
            context().forward(judgement);
            Objects.requireNonNull(commits, "process before init").forwarded();
        }

        private byte[] batch(Record<byte[], byte[]> record) {
            if (record.value() == null) {
                throw new BadRecordException(BadRecordException.Reason.MISSING, "no value where a batch is required");
            }
            return versions.current(record.value());
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
            if (judge == null || !judge.rules().version().equals(current.version())) {
                judge = new Judge(current, metrics, sequences);
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
