package dev.tiercel.detector;

import dev.tiercel.detector.correlate.Correlate;
import dev.tiercel.detector.execs.ExecRequests;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.NodeContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/// The topology. For each event source: its topic → detect → `alerts`, `alerts.json`, `alerts.shadow`,
/// `dead-letters`, `matches`; `matches` → correlate → the same; beside them `rules` → follow-rules and the topics of
/// context → follow-….
///
/// Matches meet by key on a topic of the catalogue, not on one that Kafka Streams makes.
/// Sources share nothing, so that an import of a million old records delays no system call. All topics but
/// `events.syscall` are subscribed to by pattern: one that does not exist costs nothing, and is found once it does.
/// Golden file `topology.txt` of the tests describes it. Rules are data: no node depends on a rule.
final class DetectorTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();

    /// Ends the names of nodes that follow the step of correlations.
    private static final String CORRELATED = ".correlations";

    private final Steps steps;
    private final DetectorSerdes serdes;

    private DetectorTopology(Steps steps, DetectorSerdes serdes) {
        this.steps = steps;
        this.serdes = serdes;
    }

    static Topology build(Steps steps, DetectorSerdes serdes) {
        StreamsBuilder builder = new StreamsBuilder();
        follow(builder, "feeds", Topics.CONTEXT_FEEDS, steps.followFeeds());
        follow(builder, "kubernetes", Topics.CONTEXT_KUBERNETES, steps.followKubernetes());
        follow(builder, "nodes", Topics.CONTEXT_NODES, steps.followNodes());
        follow(builder, "rules", Topics.RULES, steps.followRules());
        DetectorTopology topology = new DetectorTopology(steps, serdes);
        topology.judge(
                builder.stream(
                        Topics.EVENTS_SYSCALL.name(),
                        Consumed.with(BYTES, BYTES).withName("events")),
                steps.batches(),
                "");
        steps.documents().forEach((source, detect) -> topology.judge(builder, source, detect));
        follow(builder, "execs", Topics.CONTEXT_EXECS, steps.followExecs()); // last: the others keep their numbers
        topology.correlate(builder);
        return builder.build();
    }

    /// Each instance reads all of a topic.
    private static void follow(StreamsBuilder builder, String what, Topic topic, FollowTopic step) {
        builder.addGlobalStore(
                new UnkeptStore.Builder(what),
                topic.name(),
                Consumed.with(BYTES, BYTES).withName("follow-" + what),
                step);
    }

    private void judge(StreamsBuilder builder, String source, Detect detect) {
        String topic = Objects.requireNonNull(Topics.bySource().get(source)).name();
        String suffix = topic.substring("events".length());
        KStream<byte[], byte[]> events = builder.stream(
                Pattern.compile(Pattern.quote(topic)),
                Consumed.with(BYTES, BYTES).withName("events" + suffix));
        judge(events, detect, suffix);
        if (topic.equals(Topics.EVENTS_K8S_AUDIT.name())) noteExecs(events);
    }

    /// In the transaction of the alerts about the same events.
    private void noteExecs(KStream<byte[], byte[]> events) {
        events.flatMap((key, value) -> steps.execs().of(value), Named.as("execs"))
                .to(
                        Topics.CONTEXT_EXECS.name(),
                        Produced.with(TEXT, serdes.execs()).withName("context-execs"));
    }

    /// @param suffix of the nodes' names
    private void judge(KStream<byte[], byte[]> events, Detect detect, String suffix) {
        outcomes(events.process(detect, Named.as("detect" + suffix)), suffix);
    }

    private void correlate(StreamsBuilder builder) {
        KStream<String, Judgement> judgements = builder.stream(
                        Topics.MATCHES.name(), Consumed.with(BYTES, BYTES).withName("matches-in"))
                .process(steps.correlate(), Named.as("correlate"));
        outcomes(judgements, CORRELATED).branch((id, outcome) -> outcome instanceof Judgement.Missed, missed());
    }

    private BranchedKStream<String, Judgement> outcomes(KStream<String, Judgement> judgements, String suffix) {
        return judgements
                .split(Named.as("outcome" + suffix))
                .branch((id, outcome) -> outcome instanceof Detection, alerts(suffix))
                .branch((id, outcome) -> outcome instanceof Judgement.Shadowed, shadows(suffix))
                .branch((id, outcome) -> outcome instanceof Judgement.Matched, matches(suffix))
                .branch((id, outcome) -> outcome instanceof Unreadable, deadLetters(suffix));
    }

    /// Both topics are partitioned by node, so that one node's alerts keep their order.
    @SuppressWarnings("removal") // the only abstract method of StreamPartitioner until Kafka 5
    private Branched<String, Judgement> alerts(String suffix) {
        Consumer<KStream<String, Judgement>> both = outcomes -> {
            KStream<String, Detection> detections =
                    outcomes.mapValues(Detection.class::cast, Named.as("detections" + suffix));
            detections
                    .mapValues(AlertRecord::of, Named.as("alert-record" + suffix))
                    .to(
                            Topics.ALERTS.name(),
                            Produced.with(TEXT, serdes.alerts())
                                    .withName("alerts" + suffix)
                                    .withStreamPartitioner(
                                            (topic, id, alert, partitions) -> byNode(alert.getHostname(), partitions)));
            detections.to(
                    Topics.ALERTS_JSON.name(),
                    Produced.with(TEXT, serdes.falcoJson(steps.json()))
                            .withName("alerts-json" + suffix)
                            .withStreamPartitioner(
                                    (topic, id, detection, partitions) -> byNode(detection.hostname(), partitions)));
        };
        return Branched.withConsumer(both, "-detection");
    }

    @SuppressWarnings("removal") // as in alerts
    private Branched<String, Judgement> shadows(String suffix) {
        return Branched.withConsumer(
                outcomes -> outcomes.mapValues(
                                outcome -> AlertRecord.of(((Judgement.Shadowed) outcome).detection()),
                                Named.as("shadow-record" + suffix))
                        .to(
                                Topics.ALERTS_SHADOW.name(),
                                Produced.with(TEXT, serdes.shadows())
                                        .withName("alerts-shadow" + suffix)
                                        .withStreamPartitioner((topic, id, alert, partitions) ->
                                                byNode(alert.getHostname(), partitions))),
                "-shadow");
    }

    @SuppressWarnings("removal") // as in alerts
    private Branched<String, Judgement> matches(String suffix) {
        return Branched.withConsumer(
                outcomes -> outcomes.mapValues(
                                outcome -> ((Judgement.Matched) outcome).batch(), Named.as("match-batch" + suffix))
                        .to(
                                Topics.MATCHES.name(),
                                Produced.with(TEXT, serdes.matches())
                                        .withName("matches" + suffix)
                                        .withStreamPartitioner(
                                                (topic, key, batch, partitions) -> byKey(key, partitions))),
                "-match");
    }

    private Branched<String, Judgement> missed() {
        return Branched.withConsumer(
                outcomes -> outcomes.mapValues(
                                outcome -> ((Judgement.Missed) outcome).match(), Named.as("late-match" + CORRELATED))
                        .to(
                                Topics.MATCHES_LATE.name(),
                                Produced.with(TEXT, serdes.lateMatches()).withName("matches-late")),
                "-late");
    }

    /// All matches of a key are in one partition, a clock is in each.
    private static Optional<Set<Integer>> byKey(String key, int partitions) {
        return key.isEmpty()
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : byNode(key, partitions);
    }

    private static Optional<Set<Integer>> byNode(String node, int partitions) {
        return Optional.of(
                Set.of(BuiltInPartitioner.partitionForKey(node.getBytes(StandardCharsets.UTF_8), partitions)));
    }

    private Branched<String, Judgement> deadLetters(String suffix) {
        return Branched.withConsumer(
                outcomes -> outcomes.mapValues(Unreadable.class::cast, Named.as("unreadables" + suffix))
                        .mapValues(steps.deadLetter()::of, Named.as("dead-letter" + suffix))
                        .to(
                                Topics.DEAD_LETTERS.name(),
                                Produced.with(TEXT, serdes.deadLetters()).withName("dead-letters" + suffix)),
                "-unreadable");
    }

    /// The steps that do the work.
    ///
    /// @param batches on `events.syscall`
    /// @param documents by event source, on the topics of all others
    /// @param correlate on `matches`
    record Steps(
            FollowContext<ExecSession> followExecs,
            ExecRequests execs,
            FollowContext<IndicatorFeed> followFeeds,
            FollowContext<KubernetesObject> followKubernetes,
            FollowContext<NodeContext> followNodes,
            FollowRules followRules,
            Detect batches,
            Map<String, Detect> documents,
            Correlate<Judgement> correlate,
            AlertJson json,
            DeadLetterRecord deadLetter) {}
}
