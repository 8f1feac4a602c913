package dev.tiercel.detector;

import dev.tiercel.detector.publication.PublishedRules;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.RuleFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on topic `rules`: offers each publication of the default rule set to [ActiveRules].
///
/// Input: key UTF-8 name of the rule set, value RuleFiles or a tombstone, which is ignored: without rules nothing would
/// be detected. Other rule sets are ignored. Runs in the global thread, which has no downstream: unreadable records go
/// to `deadLetters`. A refused or unreadable record is read again at each start, so its dead letter may be repeated.
final class FollowRules implements ProcessorSupplier<byte[], byte[], Void, Void> {
    /// Is told what became of each publication of the default rule set.
    interface Listener {
        /// It is in force.
        ///
        /// @param time of the record, milliseconds since the epoch
        void inForce(RuleFiles files, long time);

        /// It was refused.
        ///
        /// @param files null: it cannot be read
        void refused(@Nullable RuleFiles files, String reasons);
    }

    private final ActiveRules rules;
    private final Deserializer<RuleFiles> deserializer;
    private final Consumer<Unreadable> deadLetters;
    private final Listener listener;

    FollowRules(
            ActiveRules rules,
            Deserializer<RuleFiles> deserializer,
            Consumer<Unreadable> deadLetters,
            Listener listener) {
        this.rules = rules;
        this.deserializer = deserializer;
        this.deadLetters = deadLetters;
        this.listener = listener;
    }

    @Override
    public Processor<byte[], byte[], Void, Void> get() {
        return new Following();
    }

    private final class Following implements Processor<byte[], byte[], Void, Void> {
        private @Nullable ProcessorContext<Void, Void> context;

        @Override
        public void init(ProcessorContext<Void, Void> given) {
            context = given;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (record.value() == null) {
                return;
            }
            RecordMetadata at = metadata();
            try {
                RuleFiles files = deserializer.deserialize(at.topic(), record.value());
                if (isOurs(record)) {
                    offer(files, record, at);
                }
            } catch (BadRecordException bad) {
                reject(record, at, bad.reason().name(), String.valueOf(bad.getMessage()));
            } catch (RuntimeException unexpected) {
                reject(record, at, Unreadable.UNEXPECTED, unexpected.toString());
            }
        }

        private void offer(RuleFiles files, Record<byte[], byte[]> record, RecordMetadata at) {
            Optional<String> refused = rules.offer(files);
            if (refused.isEmpty()) {
                listener.inForce(files, record.timestamp());
                return;
            }
            listener.refused(files, refused.get());
            deadLetter(record, at, Unreadable.RULES_REFUSED, refused.get());
        }

        private static boolean isOurs(Record<byte[], byte[]> record) {
            return Arrays.equals(record.key(), PublishedRules.RULE_SET.getBytes(StandardCharsets.UTF_8));
        }

        private void reject(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
            if (isOurs(record)) {
                listener.refused(null, reason + ": " + message);
            }
            deadLetter(record, at, reason, message);
        }

        private void deadLetter(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
            deadLetters.accept(new Unreadable(
                    at.topic(), at.partition(), at.offset(), record.key(), record.value(), reason, message));
        }

        private RecordMetadata metadata() {
            if (context == null) {
                throw new IllegalStateException("process before init");
            }
            return context.recordMetadata().orElseThrow();
        }
    }
}
