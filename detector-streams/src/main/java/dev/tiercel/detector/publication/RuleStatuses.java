package dev.tiercel.detector.publication;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which rules are published, and what each instance of the detector makes of them.
///
/// @param published the last publication; empty: there is none, or it cannot be read
/// @param instances by application and instance
public record RuleStatuses(Optional<RuleFiles> published, List<RuleStatus> instances) {
    public RuleStatuses {
        instances = List.copyOf(instances);
    }

    /// Reads the topics.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the brokers do not answer or refuse
    /// @throws dev.tiercel.schemas.RegistryException if the registry does not answer
    public static RuleStatuses read(Map<String, String> kafka, SchemaRegistry registry) {
        AvroSerde<RuleStatus> serde = AvroSerde.of(RuleStatus.class, registry, Topics.RULES_STATUS);
        AvroSerde<RuleFiles> files = AvroSerde.of(RuleFiles.class, registry, Topics.RULES);
        List<RuleStatus> instances = TopicContents.of(Topics.RULES_STATUS, kafka).values().stream()
                .flatMap(record -> status(record, serde))
                .sorted(Comparator.comparing(RuleStatus::getApplication).thenComparing(RuleStatus::getInstance))
                .toList();
        return new RuleStatuses(new PublishedRules(kafka, files).latest(), instances);
    }

    private static Stream<RuleStatus> status(ConsumerRecord<byte[], byte[]> record, AvroSerde<RuleStatus> serde) {
        try {
            return record.value() == null ? Stream.empty() : Stream.of(serde.read(record.value()));
        } catch (BadRecordException unreadable) {
            return Stream.empty();
        }
    }
}
