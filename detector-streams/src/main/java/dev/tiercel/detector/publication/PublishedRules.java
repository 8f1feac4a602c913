package dev.tiercel.detector.publication;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFiles;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads what topic `rules`, or `rules.accepted`, currently holds.
public final class PublishedRules {
    /// Key of the rule set that detectors run.
    public static final String RULE_SET = "default";

    private final Topic topic;
    private final Map<String, String> kafka;
    private final AvroSerde<RuleFiles> serde;

    /// A rule set on a topic.
    ///
    /// @param time the record's: milliseconds since the epoch
    public record Publication(RuleFiles files, long time) {}

    public PublishedRules(Map<String, String> kafka, AvroSerde<RuleFiles> serde) {
        this(Topics.RULES, kafka, serde);
    }

    public PublishedRules(Topic topic, Map<String, String> kafka, AvroSerde<RuleFiles> serde) {
        this.topic = topic;
        this.kafka = kafka;
        this.serde = serde;
    }

    /// The last publication of the default rule set; empty if there is none or it cannot be read.
    public Optional<RuleFiles> latest() {
        return publication().map(Publication::files);
    }

    /// As [#latest], with the time of the record.
    public Optional<Publication> publication() {
        ConsumerRecord<byte[], byte[]> last = TopicContents.of(topic, kafka).get(RULE_SET);
        try {
            return last == null || last.value() == null
                    ? Optional.empty()
                    : Optional.of(new Publication(serde.read(last.value()), last.timestamp()));
        } catch (BadRecordException unreadable) {
            return Optional.empty();
        }
    }
}
