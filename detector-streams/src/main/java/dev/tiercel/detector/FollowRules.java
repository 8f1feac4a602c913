package dev.tiercel.detector;

import dev.tiercel.detector.publication.PublishedRules;
import dev.tiercel.schemas.avro.RuleFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on topic `rules`: offers each publication of the default rule set to [ActiveRules].
///
/// Input: key UTF-8 name of the rule set, value RuleFiles or a tombstone, which is ignored: without rules nothing would
/// be detected. Other rule sets are ignored. Runs in the global thread, which has no downstream: unreadable records go
/// to `deadLetters`. A refused or unreadable record is read again at each start, so its dead letter may be repeated.
final class FollowRules extends FollowTopic {
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
    private final Listener listener;

    FollowRules(
            ActiveRules rules,
            Deserializer<RuleFiles> deserializer,
            Consumer<Unreadable> deadLetters,
            Listener listener) {
        super(deadLetters);
        this.rules = rules;
        this.deserializer = deserializer;
        this.listener = listener;
    }

    @Override
    void take(Record<byte[], byte[]> record, RecordMetadata at) {
        if (record.value() == null) {
            return;
        }
        RuleFiles files = deserializer.deserialize(at.topic(), record.value());
        if (isOurs(record)) {
            offer(files, record, at);
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

    @Override
    void failed(Record<byte[], byte[]> record, String reasons) {
        if (isOurs(record)) {
            listener.refused(null, reasons);
        }
    }
}
