package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.publication.PublishedRules;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What detectors say of their rules, on a real broker that compacts.
final class RuleReportsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private final Metrics metrics = new Metrics();

    @BeforeEach
    void start() {
        cluster = new Cluster(folder);
    }

    @AfterEach
    void stop() {
        metrics.close();
        cluster.close();
    }

    @Test
    void theLastGoodRulesOutliveCompactionOnEveryInstance() throws Exception {
        compactSoon();
        cluster.publish(RuleTexts.SHADOW);
        String good = held(Topics.RULES).orElseThrow().getVersion();
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            await(() -> held(Topics.RULES_ACCEPTED).isPresent());
            publishUnchecked("default", RuleTexts.BROKEN);
            await(() -> !statuses().isEmpty()
                    && !statuses().getFirst().getRefusedVersion().isEmpty());
            assertThat(detector.rules()).extracting(LoadedRules::version).isEqualTo(good);
        }
        awaitCompaction();
        try (Metrics others = new Metrics();
                Detector restarted = cluster.detector(metrics);
                Detector fresh = cluster.detector("state-2", others)) {
            restarted.start();
            fresh.start();
            assertThat(restarted.rules()).extracting(LoadedRules::version).isEqualTo(good);
            assertThat(fresh.rules()).extracting(LoadedRules::version).isEqualTo(good);
            await(() -> statuses().size() == 2);
            assertThat(statuses()).allSatisfy(status -> {
                assertThat(status.getVersion()).isEqualTo(good);
                assertThat(status.getRules()).isEqualTo(1);
                assertThat(status.getRefusedVersion()).isNotEqualTo(good).isNotEmpty();
                assertThat(status.getRefusedBecause()).contains("proc.nam");
            });
            cluster.publish(RuleTexts.PASSWD);
            await(() -> statuses().stream()
                    .allMatch(status -> status.getRefusedVersion().isEmpty()
                            && !status.getVersion().equals(good)));
        }
        await(() -> statuses().isEmpty());
    }

    @Test
    void aChangeOfRulesIsAnEvent() throws Exception {
        cluster.publish(RuleTexts.SHADOW);
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            publishUnchecked("default", RuleTexts.BROKEN);
            publishUnchecked("other", RuleTexts.BROKEN);
            assertThat(changes(3))
                    .extracting(RuleChange::getKind, RuleChange::getRules, RuleChange::getPublisher)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("PUBLISHED", 1, "test"),
                            org.assertj.core.groups.Tuple.tuple("IN_FORCE", 1, "test"),
                            org.assertj.core.groups.Tuple.tuple("REFUSED", 0, "hostile"));
            assertThat(changes(3).getLast().getReason()).contains("proc.nam");
            assertThat(changes(3).getLast().getInstance()).isNotEmpty();
        }
        try (Detector again = cluster.detector(metrics)) {
            again.start();
            assertThat(changes(5))
                    .extracting(RuleChange::getKind)
                    .containsExactly("PUBLISHED", "IN_FORCE", "REFUSED", "IN_FORCE", "REFUSED");
        }
    }

    private Optional<RuleFiles> held(Topic topic) {
        return new PublishedRules(topic, cluster.kafka(), cluster.serdes().rules()).latest();
    }

    private List<RuleStatus> statuses() {
        return cluster.statuses();
    }

    private List<RuleChange> changes(int count) {
        AvroSerde<RuleChange> serde = cluster.serdes().ruleChanges();
        return cluster.first(Topics.RULES_CHANGES, count, LIMIT).stream()
                .map(record -> serde.read(record.value()))
                .toList();
    }

    private void publishUnchecked(String key, String rules) throws ExecutionException, InterruptedException {
        RuleFiles files = RuleTexts.publication(rules);
        files.setPublisher("hostile");
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(
                            Topics.RULES.name(),
                            Cluster.utf8(key),
                            cluster.serdes().rules().write(files)))
                    .get();
        }
    }

    private void compactSoon() throws ExecutionException, InterruptedException {
        for (Topic topic : List.of(Topics.RULES, Topics.RULES_ACCEPTED)) {
            List<AlterConfigOp> changed = Map.of(
                            "segment.ms", "1", "min.cleanable.dirty.ratio", "0.0001", "max.compaction.lag.ms", "1")
                    .entrySet()
                    .stream()
                    .map(entry -> new AlterConfigOp(
                            new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", cluster.kafka().get("bootstrap.servers")))) {
                admin.incrementalAlterConfigs(
                                Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), changed))
                        .all()
                        .get();
            }
        }
    }

    /// The active segment is never compacted, so something is written after what is to be.
    private void awaitCompaction() throws ExecutionException, InterruptedException {
        publishUnchecked("other", RuleTexts.BROKEN);
        await(() -> cluster.first(Topics.RULES, 3, Duration.ofSeconds(2)).stream()
                .noneMatch(record -> record.offset() == 0));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
