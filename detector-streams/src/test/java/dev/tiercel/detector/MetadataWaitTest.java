package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events that are judged, or whose alerts are emitted again, once the metadata of their pod comes.
final class MetadataWaitTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofMillis(250);

    private static final String SHOWN = rule("Shown", "/etc/shadow", "", "%k8smeta.pod.name in %k8smeta.ns.name");
    private static final String ELSEWHERE =
            rule("Elsewhere", "/etc/shadow", "and not k8smeta.ns.name in (shop, bank)", "%k8smeta.ns.name");
    private static final String HERE = rule("Here", "/etc/shadow", "and k8smeta.ns.name = shop", "here");
    private static final String COUNTED = """
            - signal: Read here
              condition: fd.name = /etc/group or (fd.name = /etc/shadow and k8smeta.ns.name = shop)
            - correlation: Thrice here
              desc: files are opened three times
              type: event_count
              rules: Read here
              group-by: [evt.type]
              timespan: 1m
              condition: {gte: 3}
              output: thrice
              priority: NOTICE
            """;
    private static final String PLAIN = rule("Plain", "/etc/shadow", "", "plain");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final DetectorSerdes serdes = DetectorSerdes.of(registry);
    private Metrics metrics = new Metrics();
    private final int schemaId = serdes.batches().register();
    private final SentBatches log = new SentBatches();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestInputTopic<byte[], byte[]> cluster;
    private TestInputTopic<byte[], byte[]> rules;
    private TestOutputTopic<String, Alert> alerts;
    private TestOutputTopic<String, String> json;
    private TestOutputTopic<String, MatchBatch> matches;
    private TestOutputTopic<String, LateMatch> late;
    private Instant now = Instant.ofEpochSecond(1_700_000_000);

    private static String rule(String name, String file, String condition, String output) {
        return """
                - rule: %s
                  desc: a file is opened
                  condition: evt.type = openat and fd.name = %s %s
                  output: '%s'
                  priority: NOTICE
                """.formatted(name, file, condition, output);
    }

    @BeforeEach
    void open() {
        start(RuleMatching.FIRST, WAIT);
    }

    /// Begins again, with these rules.
    private void open(RuleMatching matching, Duration wait, String... content) {
        close();
        metrics = new Metrics();
        start(matching, wait);
        publish(content);
    }

    private void start(RuleMatching matching, Duration wait) {
        ActiveRules active = new ActiveRules(CompileOptions.defaults().withMatching(matching));
        KubernetesIndex index = new KubernetesIndex();
        DetectorMetrics counts = new DetectorMetrics(metrics);
        TestSteps test = new TestSteps(serdes, active, counts, idle());
        DetectorTopology.Steps all = test.of(new Nodes(), index, wait, this::refuse);
        DetectorTopology.Steps steps = new DetectorTopology.Steps(
                all.followExecs(),
                all.execs(),
                all.followFeeds(),
                all.followKubernetes(),
                all.followNodes(),
                all.followRules(),
                test.detect(
                        "syscall",
                        () -> new BatchBench(
                                new BatchBench.Parts(serdes.batches(), new Nodes(), index, serdes.alerts(), counts),
                                log,
                                wait)),
                Map.of(),
                all.correlate(),
                all.json(),
                all.deadLetter());
        driver = new TopologyTestDriver(DetectorTopology.build(steps, serdes), settings(), now);
        ByteArraySerializer bytes = new ByteArraySerializer();
        events = driver.createInputTopic(Topics.EVENTS_SYSCALL.name(), bytes, bytes);
        cluster = driver.createInputTopic(Topics.CONTEXT_KUBERNETES.name(), bytes, bytes);
        rules = driver.createInputTopic(Topics.RULES.name(), bytes, bytes);
        StringDeserializer text = new StringDeserializer();
        alerts = driver.createOutputTopic(
                Topics.ALERTS.name(), text, serdes.alerts().deserializer());
        json = driver.createOutputTopic(Topics.ALERTS_JSON.name(), text, text);
        matches = driver.createOutputTopic(
                Topics.MATCHES.name(), text, serdes.matches().deserializer());
        late = driver.createOutputTopic(
                Topics.MATCHES_LATE.name(), text, serdes.lateMatches().deserializer());
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(
                DetectorConfig.from(Settings.of(Map.of("detector.state-dir", stateDir.toString()))),
                "one",
                Map.of("bootstrap.servers", "none:1")));
        return settings;
    }

    private static IdlePartitions idle() {
        IdlePartitions idle = new IdlePartitions();
        idle.measured(Instant.EPOCH, Map.of(new TopicPartition(Topics.EVENTS_SYSCALL.name(), 0), 1L));
        return idle;
    }

    private void refuse(Unreadable record) {
        throw new AssertionError(record.message());
    }

    @AfterEach
    void close() {
        driver.close();
        metrics.close();
    }

    private void publish(String... content) {
        rules.pipeInput(utf8("default"), serdes.rules().write(RuleTexts.publication(String.join("\n", content))));
    }

    /// An event in the pod, and one that is in none.
    private void openInPod(String file) {
        pipe(
                new SampleBatch("init")
                        .open("/etc/hosts")
                        .in(SamplePods.CGROUP, "cat")
                        .open(file),
                now);
    }

    private void pipe(SampleBatch batch, Instant time) {
        byte[] value = batch.finish(0, schemaId);
        log.add(value);
        events.pipeInput(utf8("web-1/0"), value, time);
    }

    /// A watcher has told something, of another pod.
    private void watched() {
        cluster.pipeInput(utf8("prod/Pod/other"), serdes.kubernetes().write(SamplePods.pod("other", "bank")));
    }

    private void podArrives(String namespace) {
        cluster.pipeInput(
                utf8("prod/Pod/" + SamplePods.UID),
                serdes.kubernetes().write(SamplePods.pod(SamplePods.UID, namespace)));
        pass(A_MOMENT);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    private List<String> raised() {
        return alerts.readValuesToList().stream()
                .map(alert -> alert.getRule() + " " + alert.getRevision() + ": " + alert.getOutput())
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long held() {
        return Objects.requireNonNull(driver.getKeyValueStore("held")).approximateNumEntries();
    }

    @Test
    void metadataThatIsThereNeedsNoRevision() {
        open(RuleMatching.FIRST, WAIT, SHOWN);
        podArrives("shop");
        openInPod("/etc/shadow");
        assertThat(held()).isZero();
        pass(WAIT);
        assertThat(raised()).containsExactly("Shown 0: cart-1 in shop");
    }

    @Test
    void anAlertThatLacksMetadataIsEmittedAgainWithTheSameId() {
        open(RuleMatching.FIRST, WAIT, SHOWN);
        watched();
        openInPod("/etc/shadow");
        assertThat(held()).isOne();
        Alert first = alerts.readValue();
        assertThat(first.getOutput()).isEqualTo("<NA> in <NA>");
        assertThat(first.getRevision()).isZero();
        assertThat(json.readValue()).doesNotContain("revision");

        podArrives("shop");
        Alert second = alerts.readValue();
        assertThat(second.getOutput()).isEqualTo("cart-1 in shop");
        assertThat(second.getRevision()).isOne();
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getEvents()).isEqualTo(first.getEvents());
        assertThat(second.getEvidenceComplete()).isEqualTo(first.getEvidenceComplete());
        assertThat(json.readValue()).contains("\"priority\":\"Notice\",\"revision\":1,\"rule\":\"Shown\"");
        assertThat(held()).isZero();

        podArrives("bank");
        pass(WAIT);
        assertThat(raised()).isEmpty();
        assertThat(metrics.scrape())
                .contains("detector_revisions_total 1.0", "detector_metadata_waits_total{end=\"arrived\"} 1.0")
                .containsPattern("detector_matches_total\\{.*rule=\"Shown\".*} 1.0");
    }

    @Test
    void metadataThatComesAfterTheWaitRevisesNothing() {
        open(RuleMatching.FIRST, WAIT, SHOWN);
        watched();
        openInPod("/etc/shadow");
        pass(WAIT.plus(A_MOMENT));
        podArrives("shop");
        assertThat(raised()).containsExactly("Shown 0: <NA> in <NA>");
        assertThat(metrics.scrape()).contains("detector_metadata_waits_total{end=\"absent\"} 1.0");
    }

    @Test
    void aNegationOfAbsentMetadataRaisesNothingThatIsWrong() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).isEmpty();
        podArrives("shop");
        pass(WAIT);
        assertThat(raised()).isEmpty();
        assertThat(held()).isZero();
    }

    @Test
    void aNegationIsJudgedWhenTheMetadataComes() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        watched();
        openInPod("/etc/shadow");
        podArrives("lab");
        assertThat(raised()).containsExactly("Elsewhere 0: lab");
    }

    /// As Falco judges it at once: what is absent is in no list.
    @Test
    void afterTheWaitWhatIsAbsentIsInNoList() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE, HERE);
        watched();
        openInPod("/etc/shadow");
        pass(WAIT.minus(A_MOMENT));
        assertThat(raised()).isEmpty();
        pass(A_MOMENT.multipliedBy(2));
        assertThat(raised()).containsExactly("Elsewhere 0: <NA>");
        assertThat(metrics.scrape()).contains("detector_metadata_waits_total{end=\"absent\"} 1.0");
    }

    @Test
    void aMatchWaitsForItsMetadata() {
        open(RuleMatching.FIRST, WAIT, HERE);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).isEmpty();
        podArrives("shop");
        assertThat(raised()).containsExactly("Here 0: here");
    }

    @Test
    void anEventThatCannotMatchWhateverItsPodDoesNotWait() {
        open(RuleMatching.FIRST, WAIT, HERE, ELSEWHERE, SHOWN);
        watched();
        openInPod("/etc/group");
        assertThat(held()).isZero();
    }

    /// The first match alone counts, so what comes after a rule that waits has to wait for it.
    @Test
    void rulesAfterOneThatWaitsWaitAsWell() {
        open(RuleMatching.FIRST, WAIT, HERE, PLAIN);
        watched();
        openInPod("/etc/shadow");
        openInPod("/etc/shadow");
        assertThat(raised()).isEmpty();
        podArrives("bank");
        assertThat(raised()).containsExactly("Plain 0: plain", "Plain 0: plain");
    }

    @Test
    void ruleBeforeOneThatWaitsIsTheFirstMatchAtOnce() {
        open(RuleMatching.FIRST, WAIT, PLAIN, HERE);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).containsExactly("Plain 0: plain");
        assertThat(held()).isZero();
        podArrives("shop");
        assertThat(raised()).isEmpty();
    }

    @Test
    void whereAllMatchesCountOnlyThoseThatNeedMetadataWait() {
        open(RuleMatching.ALL, WAIT, HERE, ELSEWHERE, SHOWN, PLAIN);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).containsExactly("Shown 0: <NA> in <NA>", "Plain 0: plain");
        podArrives("shop");
        assertThat(raised()).containsExactly("Here 0: here", "Shown 1: cart-1 in shop");
    }

    @Test
    void anEventIsJudgedByTheRulesThatAreInForceWhenItsMetadataComes() {
        open(RuleMatching.ALL, WAIT, HERE, SHOWN);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).containsExactly("Shown 0: <NA> in <NA>");
        publish(HERE.replace("'here'", "'anew'"), SHOWN.replace("%k8smeta.pod.name in ", ""), PLAIN);
        podArrives("shop");
        assertThat(raised()).containsExactly("Here 0: anew");
    }

    @Test
    void beyondTheBoundWhatIsAbsentIsAbsentAtOnce() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        watched();
        SampleBatch batch = new SampleBatch("init").in(SamplePods.CGROUP, "cat");
        for (int i = 0; i < 10_002; i++) batch.open("/etc/shadow");
        pipe(batch, now);
        assertThat(held()).isEqualTo(10_000);
        assertThat(raised()).containsExactly("Elsewhere 0: <NA>", "Elsewhere 0: <NA>");
        assertThat(metrics.scrape()).contains("detector_metadata_waits_total{end=\"full\"} 2.0");

        podArrives("shop");
        for (int i = 0; i < 60; i++) pass(A_MOMENT);
        assertThat(held()).isZero();
        assertThat(raised()).isEmpty();
    }

    /// A match that waits for metadata as long as the grace is must not be late for its correlation.
    @Test
    void theClockDoesNotPassAnEventThatWaits() {
        open(RuleMatching.FIRST, WAIT, COUNTED);
        watched();
        pass(Duration.ofSeconds(2));
        pipe(
                new SampleBatch("init")
                        .open("/etc/group")
                        .in(SamplePods.CGROUP, "cat")
                        .open("/etc/shadow")
                        .open("/etc/shadow"),
                now);
        assertThat(held()).isEqualTo(2);
        pass(Duration.ofMillis(4_500));
        pipe(new SampleBatch("init", 8).at(Duration.ofMillis(6_500)).open("/etc/hosts"), now);
        pass(Duration.ofMillis(100));
        assertThat(clock()).isLessThanOrEqualTo(SampleBatch.BASE_TIME + 1);

        podArrives("shop");
        assertThat(late.isEmpty()).isTrue();
        assertThat(raised()).containsExactly("Thrice here 0: thrice");
        pass(Duration.ofSeconds(6));
        assertThat(clock())
                .isEqualTo(SampleBatch.BASE_TIME + Duration.ofMillis(6_500).toNanos());
    }

    /// The time that was said last.
    private long clock() {
        return matches.readValuesToList().stream()
                .mapToLong(MatchBatch::getClock)
                .max()
                .orElseThrow();
    }

    @Test
    void nothingWaitsWithoutAWatcher() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        openInPod("/etc/shadow");
        assertThat(raised()).containsExactly("Elsewhere 0: <NA>");
        assertThat(held()).isZero();
    }

    @Test
    void nothingWaitsIfTheWaitIsZero() {
        open(RuleMatching.FIRST, Duration.ZERO, ELSEWHERE);
        watched();
        openInPod("/etc/shadow");
        assertThat(raised()).containsExactly("Elsewhere 0: <NA>");
    }

    /// What the cluster had to tell of its pod has been told while the event waited to be read.
    @Test
    void anEventThatIsReadMuchLaterDoesNotWait() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        watched();
        pipe(new SampleBatch("init").in(SamplePods.CGROUP, "cat").open("/etc/shadow"), now.minusSeconds(66));
        assertThat(raised()).containsExactly("Elsewhere 0: <NA>");
    }

    @Test
    void anEventThatIsGoneFromItsTopicIsCounted() {
        open(RuleMatching.FIRST, WAIT, ELSEWHERE);
        watched();
        openInPod("/etc/shadow");
        log.clear();
        podArrives("lab");
        assertThat(raised()).isEmpty();
        assertThat(held()).isZero();
        assertThat(metrics.scrape()).contains("detector_metadata_waits_total{end=\"lost\"} 1.0");
    }
}
