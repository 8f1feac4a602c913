package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.RegistryException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on `events.syscall`: judges each batch by the rules in force when it is read.
///
/// Input: key ignored, value SyscallBatch. Output: [Detection]s, key alert id, and [Unreadable]s, key `application`.
/// No record stops the stream. An unreachable registry does: without it the record cannot be classified.
final class Detect implements ProcessorSupplier<byte[], byte[], String, Judgement> {
    private final ActiveRules rules;
    private final BatchVersions versions;
    private final DetectorMetrics metrics;
    private final String application;

    Detect(ActiveRules rules, BatchVersions versions, DetectorMetrics metrics, String application) {
        this.rules = rules;
        this.versions = versions;
        this.metrics = metrics;
        this.application = application;
    }

    @Override
    public Processor<byte[], byte[], String, Judgement> get() {
        return new Detecting();
    }

    private final class Detecting implements Processor<byte[], byte[], String, Judgement> {
        private final List<Detection> detections = new ArrayList<>();
        private @Nullable ProcessorContext<String, Judgement> context;
        private @Nullable Judge judge;

        @Override
        public void init(ProcessorContext<String, Judgement> given) {
            context = given;
        }

        /// Forwards only after judging, so that a failure downstream is not attributed to the record.
        @Override
        public void process(Record<byte[], byte[]> record) {
            ProcessorContext<String, Judgement> out = context();
            detections.clear();
            metrics.taken();
            Unreadable unreadable = judge(judge(), record, out.recordMetadata().orElseThrow());
            for (Detection detection : detections) {
                out.forward(record.withKey(detection.id()).withValue(AlertSize.bounded(detection)));
            }
            if (unreadable != null) {
                metrics.unreadable(unreadable);
                out.forward(record.withKey(application).withValue(unreadable));
            }
        }

        /// Why the record could not be judged to its end; null if it was.
        private @Nullable Unreadable judge(Judge judge, Record<byte[], byte[]> record, RecordMetadata metadata) {
            try {
                if (record.value() == null) {
                    throw new BadRecordException(
                            BadRecordException.Reason.MISSING, "no value where a batch is required");
                }
                EventLocation first = new EventLocation(metadata.topic(), metadata.partition(), metadata.offset(), 0);
                judge.judge(versions.current(record.value()), first);
                return null;
            } catch (BadRecordException bad) {
                return unreadable(record, metadata, bad.reason().name(), String.valueOf(bad.getMessage()));
            } catch (RegistryException unknown) {
                throw unknown;
            } catch (RuntimeException unexpected) {
                return unreadable(record, metadata, Unreadable.UNEXPECTED, unexpected.toString());
            }
        }

        private Unreadable unreadable(
                Record<byte[], byte[]> record, RecordMetadata metadata, String reason, String message) {
            return new Unreadable(
                    metadata.topic(),
                    metadata.partition(),
                    metadata.offset(),
                    record.key(),
                    record.value(),
                    reason,
                    message);
        }

        private Judge judge() {
            LoadedRules current = rules.current();
            if (current == null) {
                throw new IllegalStateException("event received before the first rules: the detector should be paused");
            }
            if (judge == null || !judge.rules().version().equals(current.version())) {
                judge = new Judge(current, metrics, detections::add);
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
