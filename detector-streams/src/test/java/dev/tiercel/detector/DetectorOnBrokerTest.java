package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.detector.publication.RuleWatcher;
import dev.tiercel.detector.publication.RulesRefusedException;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectorOnBrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
    }

    @AfterEach
    void close() {
        cluster.close();
        metrics.close();
    }

    @Test
    void judgesEventsOnceThereAreRulesAndFollowsChanges() {
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            assertThat(detector.check().detail()).isEqualTo("waiting for rules on topic rules");
            send(SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow", "/etc/passwd"));

            cluster.publish(RuleTexts.SHADOW);
            assertThat(alerts(1)).extracting(Alert::getRule).containsExactly("Shadow read");
            assertThat(detector.check().healthy()).isTrue();

            cluster.publish(RuleTexts.PASSWD);
            sendUntilJudgedByNewRules();
            assertThat(metrics.scrape())
                    .contains("detector_rules_swaps_total 2.0", "detector_matches_total{", "detector_rules_version{");
        }
    }

    /// Rules arrive on another topic than events, so a few batches may still be judged by the old ones.
    private void sendUntilJudgedByNewRules() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int sent = 1;
        List<Alert> seen = List.of();
        while (seen.stream().noneMatch(alert -> alert.getRule().equals("Passwd read"))) {
            assertThat(System.nanoTime()).as("alerts %s", seen).isLessThan(deadline);
            send(SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow", "/etc/passwd"));
            seen = alerts(++sent);
        }
    }

    @Test
    void hostileRecordsOnEveryInputTopicBecomeDeadLetters() {
        cluster.publish(RuleTexts.SHADOW);
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            send(Cluster.utf8("nonsense"));
            try (Producer<byte[], byte[]> producer = cluster.producer()) {
                var _ = producer.send(
                        new ProducerRecord<>(Topics.RULES.name(), Cluster.utf8("default"), Cluster.utf8("nonsense")));
            }
            send(SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow"));
            assertThat(cluster.first(Topics.DEAD_LETTERS, 2, LIMIT))
                    .extracting(record ->
                            cluster.serdes().deadLetters().read(record.value()).getTopic())
                    .containsExactlyInAnyOrder("events.syscall", "rules");
            assertThat(alerts(1)).hasSize(1);
            assertThat(detector.check().healthy()).isTrue();
        }
    }

    @Test
    void instancesShareTheWorkAndOneTakesOverWhenTheOtherLeaves() {
        cluster.publish(RuleTexts.SHADOW);
        try (Metrics others = new Metrics();
                Detector staying = cluster.detector("state-2", others)) {
            try (Detector leaving = cluster.detector(metrics)) {
                leaving.start();
                staying.start();
                sendToEveryPartition(300);
                assertThat(alerts(300)).hasSize(300);
                assertThat(leaving.events() + staying.events()).isGreaterThanOrEqualTo(300);
            }
            sendToEveryPartition(300);
            assertThat(alerts(600)).extracting(Alert::getId).hasSize(600).doesNotHaveDuplicates();
        }
    }

    private void sendToEveryPartition(int count) {
        byte[] batch = SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow");
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int i = 0; i < count; i++) {
                int partition = i % Topics.EVENTS_SYSCALL.partitions();
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), partition, null, batch));
            }
        }
    }

    @Test
    void refusesAStateDirectoryInUse() {
        try (Detector first = cluster.detector(metrics);
                Metrics others = new Metrics();
                Detector second = cluster.detector(others)) {
            first.start();
            assertThatThrownBy(second::start).hasMessageContaining("state");
        }
    }

    @Test
    void reportsMissingTopicsAndBrokers() {
        Map<String, String> nobody = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (Detector detector = new Detector(Cluster.config(folder), nobody, new InMemoryRegistry(), metrics)) {
            assertThatThrownBy(detector::start).hasMessageContaining("no response from Kafka at 127.0.0.1:1");
        }
    }

    @Test
    void publishesOnlyChangedRulesThatCompile() {
        List<RuleFile> good = List.of(new RuleFile("rules.yaml", RuleTexts.SHADOW));
        try (RulePublisher publisher = cluster.publisher()) {
            assertThat(publisher.publish(good)).isInstanceOf(RulePublisher.Outcome.Published.class);
            assertThat(publisher.publish(good)).isInstanceOf(RulePublisher.Outcome.Unchanged.class);
            assertThat(publisher.publish(List.of(new RuleFile("rules.yaml", RuleTexts.BROKEN))))
                    .isInstanceOfSatisfying(
                            RulePublisher.Outcome.Refused.class,
                            refused -> assertThat(refused.errors()).isNotEmpty());
        }
        try (RulePublisher another = cluster.publisher()) {
            assertThat(another.publish(good)).isInstanceOf(RulePublisher.Outcome.Unchanged.class);
        }
        assertThat(cluster.first(Topics.RULES, 2, Duration.ofSeconds(2))).hasSize(1);
    }

    @Test
    void editsOfRuleFilesArePublished() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Files.writeString(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
        RuleSources sources = new RuleSources(List.of(), List.of(rules));
        try (RuleWatcher watcher = new RuleWatcher(sources, cluster.publisher())) {
            watcher.start();
            Files.writeString(rules.resolve("20-passwd.yml"), RuleTexts.PASSWD);
            assertThat(cluster.first(Topics.RULES, 2, LIMIT)).hasSize(2);
            Files.writeString(rules.resolve("30-broken.yaml"), RuleTexts.BROKEN);
            while (watcher.check().healthy()) {
                Thread.onSpinWait();
            }
            assertThat(watcher.check().detail()).contains("errors in the rule files");
            Files.delete(rules.resolve("30-broken.yaml"));
            Files.delete(rules.resolve("10-shadow.yaml"));
            assertThat(cluster.first(Topics.RULES, 3, LIMIT)).hasSize(3);
        }
    }

    @Test
    void aWatcherReportsItsDeadThread() throws IOException {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Files.writeString(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
        RulePublisher publisher = cluster.publisher(Map.of("partitioner.class", OnlyOne.class.getName()));
        try (RuleWatcher watcher = new RuleWatcher(new RuleSources(List.of(), List.of(rules)), publisher)) {
            watcher.onFailure(failure::complete);
            watcher.start();
            assertThat(watcher.check().healthy()).isTrue();
            Files.writeString(rules.resolve("20-passwd.yml"), RuleTexts.PASSWD);
            assertThat(failure).succeedsWithin(LIMIT);
            assertThat(watcher.check().healthy()).isFalse();
            assertThat(watcher.check().detail()).contains("no second record");
        }
    }

    @Test
    void aWatcherPublishesOnceTheBrokersAreBack() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Files.writeString(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
        RulePublisher publisher = cluster.publisher(Map.of("default.api.timeout.ms", "500"));
        try (RuleWatcher watcher = new RuleWatcher(new RuleSources(List.of(), List.of(rules)), publisher)) {
            watcher.start();
            cluster.away(() -> {
                write(rules.resolve("20-passwd.yml"), RuleTexts.PASSWD);
                await(() -> !watcher.check().healthy());
                assertThat(watcher.check().detail())
                        .startsWith("the rule files are not published since ")
                        .contains("Timeout");
            });
            await(() -> watcher.check().detail().equals("2 rules published"));
            assertThat(cluster.first(Topics.RULES, 2, LIMIT)).hasSize(2);
        }
    }

    @Test
    void aWatcherFollowsADirectoryThatIsReplaced() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Path next = Files.createDirectory(folder.resolve("next"));
        Files.writeString(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
        try (RuleWatcher watcher = new RuleWatcher(new RuleSources(List.of(), List.of(rules)), cluster.publisher())) {
            watcher.start();
            Files.delete(rules.resolve("10-shadow.yaml"));
            Files.delete(rules);
            await(() -> !watcher.check().healthy());
            assertThat(watcher.check().detail()).contains("not published since", rules.toString());
            write(next.resolve("10-shadow.yaml"), RuleTexts.PASSWD);
            Files.move(next, rules);
            await(() -> watcher.check().healthy());
            assertThat(cluster.first(Topics.RULES, 2, LIMIT)).hasSize(2);
            write(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
            assertThat(cluster.first(Topics.RULES, 3, LIMIT)).hasSize(3);
        }
    }

    @Test
    void aFileThatIsGoneForAMomentIsNotMissed() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        write(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW);
        write(rules.resolve("20-passwd.yaml"), RuleTexts.PASSWD);
        try (RuleWatcher watcher = new RuleWatcher(new RuleSources(List.of(), List.of(rules)), cluster.publisher())) {
            watcher.start();
            Files.delete(rules.resolve("10-shadow.yaml"));
            write(rules.resolve("10-shadow.yaml"), RuleTexts.SHADOW + "\n");
            List<ConsumerRecord<byte[], byte[]>> published = cluster.first(Topics.RULES, 2, LIMIT);
            assertThat(published)
                    .extracting(record -> cluster.serdes()
                            .rules()
                            .read(record.value())
                            .getFiles()
                            .size())
                    .containsExactly(2, 2);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Allows a producer to send one record to topic `rules`.
    public static final class OnlyOne implements Partitioner {
        private boolean sent;

        @Override
        public int partition(
                String topic,
                Object key,
                byte[] keyBytes,
                Object value,
                byte[] valueBytes,
                org.apache.kafka.common.Cluster brokers) {
            if (sent && topic.equals(Topics.RULES.name())) {
                throw new UnsupportedOperationException("no second record");
            }
            sent = true; // rules come before what is said of them
            return 0;
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    @Test
    void refusesToStartOnRulesThatDoNotCompile() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), RuleTexts.BROKEN);
        try (RuleWatcher watcher = new RuleWatcher(new RuleSources(List.of(), List.of(file)), cluster.publisher())) {
            assertThatThrownBy(watcher::start)
                    .isInstanceOf(RulesRefusedException.class)
                    .hasMessageContaining("proc.nam");
        }
    }

    private void send(byte[] batch) {
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), Cluster.utf8("web-1/0"), batch));
        }
    }

    private List<Alert> alerts(int count) {
        return cluster.first(Topics.ALERTS, count, LIMIT).stream()
                .map(ConsumerRecord::value)
                .map(cluster.serdes().alerts()::read)
                .toList();
    }
}
