package dev.tiercel.detector;

import dev.tiercel.detector.execs.ExecRequests;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.NodeContext;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/// Serdes of the detector's topics.
record DetectorSerdes(
        BatchVersions batches,
        AvroSerde<RuleFiles> rules,
        AvroSerde<RuleStatus> ruleStatus,
        AvroSerde<RuleChange> ruleChanges,
        AvroSerde<Alert> alerts,
        AvroSerde<Alert> shadows,
        AvroSerde<MatchBatch> matches,
        AvroSerde<LateMatch> lateMatches,
        AvroSerde<DeadLetter> deadLetters,
        AvroSerde<IndicatorFeed> feeds,
        AvroSerde<KubernetesObject> kubernetes,
        AvroSerde<NodeContext> nodes,
        AvroSerde<ExecSession> execs,
        Map<String, AvroSerde<SourceEvent>> documents) {
    static DetectorSerdes of(SchemaRegistry registry) {
        return new DetectorSerdes(
                new BatchVersions(registry),
                AvroSerde.of(RuleFiles.class, registry, Topics.RULES),
                AvroSerde.of(RuleStatus.class, registry, Topics.RULES_STATUS),
                AvroSerde.of(RuleChange.class, registry, Topics.RULES_CHANGES),
                AvroSerde.of(Alert.class, registry, Topics.ALERTS),
                AvroSerde.of(Alert.class, registry, Topics.ALERTS_SHADOW),
                AvroSerde.of(MatchBatch.class, registry, Topics.MATCHES),
                AvroSerde.of(LateMatch.class, registry, Topics.MATCHES_LATE),
                AvroSerde.of(DeadLetter.class, registry, Topics.DEAD_LETTERS),
                AvroSerde.of(IndicatorFeed.class, registry, Topics.CONTEXT_FEEDS),
                AvroSerde.of(KubernetesObject.class, registry, Topics.CONTEXT_KUBERNETES),
                AvroSerde.of(NodeContext.class, registry, Topics.CONTEXT_NODES),
                AvroSerde.of(ExecSession.class, registry, Topics.CONTEXT_EXECS),
                documents(registry));
    }

    /// By event source, as rules name it: all but system calls.
    private static Map<String, AvroSerde<SourceEvent>> documents(SchemaRegistry registry) {
        Map<String, AvroSerde<SourceEvent>> serdes = new LinkedHashMap<>();
        Topics.bySource().forEach((source, topic) -> {
            if (!topic.equals(Topics.EVENTS_SYSCALL)) {
                serdes.put(source, AvroSerde.of(SourceEvent.class, registry, topic));
            }
        });
        return Collections.unmodifiableMap(serdes);
    }

    /// Requests to enter pods, found on their topic.
    ExecRequests execRequests() {
        return new ExecRequests(
                Topics.EVENTS_K8S_AUDIT.name(),
                Objects.requireNonNull(documents.get("k8s_audit")).deserializer());
    }

    /// Detections as Falco's JSON; serializer only.
    Serde<Detection> falcoJson(AlertJson json) {
        return Serdes.serdeFrom(
                (topic, detection) -> json.render(detection).getBytes(StandardCharsets.UTF_8), (topic, bytes) -> {
                    throw new UnsupportedOperationException("topic=" + topic + " is write-only");
                });
    }

    /// Registers the schemas that the detector writes, so that a missing registry fails the start, not the first alert.
    void register() {
        alerts.schemaId();
        shadows.schemaId();
        matches.schemaId();
        lateMatches.schemaId();
        deadLetters.schemaId();
    }
}
