package dev.tiercel.detector;

import dev.tiercel.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/// The topology: `events.syscall` → detect → `alerts`, `alerts.json`, `dead-letters`; `rules` → follow-rules.
///
/// Golden file `topology.txt` of the tests describes it. Rules are data: no node depends on a rule.
final class DetectorTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();

    private DetectorTopology() {}

    static Topology build(Steps steps, DetectorSerdes serdes) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addGlobalStore(
                new RuleStore.Builder(),
                Topics.RULES.name(),
                Consumed.with(BYTES, BYTES).withName("follow-rules"),
                steps.followRules());
        builder.stream(Topics.EVENTS_SYSCALL.name(), Consumed.with(BYTES, BYTES).withName("events"))
                .process(steps.detect(), Named.as("detect"))
                .split(Named.as("outcome"))
                .branch((id, outcome) -> outcome instanceof Detection, alerts(steps, serdes))
                .branch((id, outcome) -> outcome instanceof Unreadable, deadLetters(steps, serdes));
        return builder.build();
    }

    /// Both topics are partitioned by node, so that one node's alerts keep their order.
    @SuppressWarnings("removal") // the only abstract method of StreamPartitioner until Kafka 5
    private static Branched<String, Judgement> alerts(Steps steps, DetectorSerdes serdes) {
        Consumer<KStream<String, Judgement>> both = outcomes -> {
            KStream<String, Detection> detections = outcomes.mapValues(Detection.class::cast, Named.as("detections"));
            detections
                    .mapValues(AlertRecord::of, Named.as("alert-record"))
                    .to(
                            Topics.ALERTS.name(),
                            Produced.with(TEXT, serdes.alerts())
                                    .withName("alerts")
                                    .withStreamPartitioner(
                                            (topic, id, alert, partitions) -> byNode(alert.getHostname(), partitions)));
            detections.to(
                    Topics.ALERTS_JSON.name(),
                    Produced.with(TEXT, serdes.falcoJson(steps.json()))
                            .withName("alerts-json")
                            .withStreamPartitioner(
                                    (topic, id, detection, partitions) -> byNode(detection.hostname(), partitions)));
        };
        return Branched.withConsumer(both, "-detection");
    }

    private static Optional<Set<Integer>> byNode(String node, int partitions) {
        return Optional.of(
                Set.of(BuiltInPartitioner.partitionForKey(node.getBytes(StandardCharsets.UTF_8), partitions)));
    }

    private static Branched<String, Judgement> deadLetters(Steps steps, DetectorSerdes serdes) {
        return Branched.withConsumer(
                outcomes -> outcomes.mapValues(Unreadable.class::cast, Named.as("unreadables"))
                        .mapValues(steps.deadLetter()::of, Named.as("dead-letter"))
                        .to(
                                Topics.DEAD_LETTERS.name(),
                                Produced.with(TEXT, serdes.deadLetters()).withName("dead-letters")),
                "-unreadable");
    }

    /// The steps that do the work.
    record Steps(FollowRules followRules, Detect detect, AlertJson json, DeadLetterRecord deadLetter) {}
}
