package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.FoldedAlerts;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.SourceEvent;
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

/// From events to the alerts of correlations, through the whole topology. What the types mean is tested with the
/// engine.
final class CorrelationTopologyTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final long SECOND = 1_000_000_000L;
    private static final String SIGNALS = """
            - signal: Secret read
              source: k8s_audit
              condition: ka.verb = get
            - signal: Logged in
              source: k8s_audit
              condition: ka.verb = login
            """;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final DetectorSerdes serdes = DetectorSerdes.of(registry);
    private final Metrics metrics = new Metrics();
    private final DetectorMetrics counts = new DetectorMetrics(metrics);
    private final IdlePartitions idle = new IdlePartitions();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestInputTopic<byte[], byte[]> ruleTopic;
    private TestInputTopic<byte[], byte[]> matchTopic;
    private TestOutputTopic<String, Alert> alerts;
    private TestOutputTopic<String, Alert> shadows;
    private TestOutputTopic<String, String> json;
    private TestOutputTopic<String, MatchBatch> matches;
    private TestOutputTopic<String, LateMatch> late;
    private TestOutputTopic<String, DeadLetter> deadLetters;
    private int id;

    @BeforeEach
    void open() {
        idle.measured(START, Map.of(new TopicPartition(Topics.EVENTS_K8S_AUDIT.name(), 0), 1L));
        ActiveRules rules = new ActiveRules(CompileOptions.defaults());
        TestSteps steps = new TestSteps(serdes, rules, counts, idle);
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(
                DetectorConfig.from(Settings.of(Map.of("detector.state-dir", stateDir.toString()))),
                "one",
                Map.of("bootstrap.servers", "none:1")));
        driver = new TopologyTestDriver(
                DetectorTopology.build(
                        steps.of(new Nodes(), new KubernetesIndex(), Duration.ZERO, this::refused), serdes),
                settings,
                START.plusSeconds(3600));
        ByteArraySerializer bytes = new ByteArraySerializer();
        events = driver.createInputTopic(Topics.EVENTS_K8S_AUDIT.name(), bytes, bytes);
        ruleTopic = driver.createInputTopic(Topics.RULES.name(), bytes, bytes);
        matchTopic = driver.createInputTopic(Topics.MATCHES.name(), bytes, bytes);
        StringDeserializer text = new StringDeserializer();
        alerts = driver.createOutputTopic(
                Topics.ALERTS.name(), text, serdes.alerts().deserializer());
        shadows = driver.createOutputTopic(
                Topics.ALERTS_SHADOW.name(), text, serdes.shadows().deserializer());
        json = driver.createOutputTopic(Topics.ALERTS_JSON.name(), text, text);
        matches = driver.createOutputTopic(
                Topics.MATCHES.name(), text, serdes.matches().deserializer());
        late = driver.createOutputTopic(
                Topics.MATCHES_LATE.name(), text, serdes.lateMatches().deserializer());
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(), text, serdes.deadLetters().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
        metrics.close();
    }

    private void refused(Unreadable record) {
        throw new AssertionError(record.message());
    }

    private void publish(String rules) {
        ruleTopic.pipeInput(utf8("default"), serdes.rules().write(RuleTexts.publication(rules)));
    }

    /// An event of `user`, `second` seconds after the start.
    private void event(int second, String verb, String user) {
        SourceEvent event = AuditEvents.event("id-" + id++, time(second), user, verb);
        events.pipeInput(
                utf8("prod/" + user),
                Objects.requireNonNull(serdes.documents().get("k8s_audit")).write(event));
    }

    private static long time(int second) {
        return START.getEpochSecond() * SECOND + second * SECOND;
    }

    /// Lets the clock of the source be said, once it is `second`.
    private void clock(int second) {
        event(second, "nothing", "nobody");
        driver.advanceWallClockTime(Duration.ofSeconds(2));
    }

    private byte[] clockOfNobody() {
        return serdes.matches().write(new MatchBatch("json", "t", 0, 1, 1L, 0L, 0L, "", "", "", List.of(), List.of()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String counting(String more) {
        return SIGNALS + """
                - correlation: Many secrets
                  desc: somebody reads many secrets
                  type: event_count
                  rules: Secret read
                  group-by: [ka.user.name]
                  timespan: 10m
                  condition: {gte: 3}
                  output: "%ka.user.name read %correlation.count secrets"
                  priority: WARNING
                  tags: [T1552]
                """ + more;
    }

    @Test
    void matchesOfOneKeyBecomeAnAlert() {
        publish(counting(""));
        for (int second = 0; second < 3; second++) {
            event(second, "get", "bob");
            event(second, "get", second == 0 ? "eve" : "eve-" + second);
        }
        Alert alert = alerts.readValue();
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(alert.getRule()).isEqualTo("Many secrets");
        assertThat(alert.getOutput()).isEqualTo("bob read 3 secrets");
        assertThat(alert.getPriority()).isEqualTo("Warning");
        assertThat(alert.getSource()).isEqualTo("k8s_audit");
        assertThat(alert.getHostname()).isEqualTo("prod");
        assertThat(alert.getTime()).isEqualTo(time(2));
        assertThat(alert.getTags()).containsExactly("T1552");
        assertThat(alert.getSteps()).hasSize(3);
        assertThat(alert.getKey()).containsExactly("bob");
        assertThat(alert.getCount()).isEqualTo(3.0);
        assertThat(alert.getEvents()).extracting("offset").containsExactly(0L, 2L, 4L);
        assertThat(json.readValue()).contains("\"output\":\"", "bob read 3 secrets", "\"rule\":\"Many secrets\"");
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void editsThatKeepTheStructureKeepTheState() {
        publish(counting(""));
        event(0, "get", "bob");
        event(1, "get", "bob");
        publish(counting("").replace("gte: 3", "gte: 4"));
        event(2, "get", "bob");
        assertThat(alerts.isEmpty()).isTrue();
        event(3, "get", "bob");
        assertThat(alerts.readValue().getCount()).isEqualTo(4.0);
    }

    @Test
    void aCorrelationThatIsGoneGetsNoMatches() {
        publish(counting(""));
        event(0, "get", "bob");
        publish(SIGNALS + RuleTexts.DELETED);
        matchTopic.pipeInput(utf8("Many secrets/bob"), serdes.matches().write(matches.readValue()));
        assertThat(metrics.scrape()).contains("detector_correlations_unknown_total 1.0");
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void anAbsenceWaitsForTheClock() {
        publish(SIGNALS + """
                - correlation: No read after login
                  desc: somebody logs in and reads nothing
                  type: absence
                  rules: [Logged in, Secret read]
                  group-by: [ka.user.name]
                  timespan: 1m
                  output: "%ka.user.name read nothing"
                  priority: NOTICE
                """);
        event(0, "login", "bob");
        event(1, "login", "eve");
        event(5, "get", "eve");
        clock(89);
        assertThat(alerts.isEmpty()).isTrue();
        clock(95);
        Alert alert = alerts.readValue();
        assertThat(alert.getOutput()).isEqualTo("bob read nothing");
        assertThat(alert.getTime()).isEqualTo(time(60));
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void aFloodedCorrelationIsLeftOutAndTheOthersGoOn() {
        publish(counting("""
                - correlation: Logged in twice
                  desc: somebody logs in twice
                  type: event_count
                  rules: Logged in
                  group-by: [ka.user.name]
                  timespan: 10m
                  condition: {gte: 2}
                  output: "%ka.user.name"
                  priority: NOTICE
                """));
        clock(31);
        for (int i = 0; i < 40 * TestSteps.MATCHES_A_SECOND; i++) event(32, "get", "user-" + i);
        clock(50);
        Alert leftOut = alerts.readValue();
        assertThat(leftOut.getRule()).isEqualTo("Tiercel internal: correlation left out");
        assertThat(leftOut.getSource()).isEqualTo("internal");
        assertThat(leftOut.getOutput())
                .startsWith("'Many secrets' is left out until ")
                .contains(": 6 matches a second, more than 5 (partition 0 of matches;");
        assertThat(json.readValue()).contains("\"tiercel.correlation\":\"Many secrets\"");

        for (int second = 51; second < 55; second++) event(second, "get", "bob");
        event(51, "login", "eve");
        event(52, "login", "eve");
        assertThat(alerts.readValue().getRule()).isEqualTo("Logged in twice");
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(counts.correlations().summary()).contains("'Many secrets' is left out: 6 matches a second");
        assertThat(metrics.scrape())
                .contains("detector_correlations_quarantined 1.0")
                .contains("detector_correlations_refused_total{correlation=\"Many secrets\"} 154.0");
    }

    @Test
    void aClockOfAnIdlePartitionIsTheTimeOfDay() {
        publish(counting(""));
        idle.measured(START.plusSeconds(3700), Map.of(new TopicPartition(Topics.EVENTS_K8S_AUDIT.name(), 0), 0L));
        driver.advanceWallClockTime(Duration.ofSeconds(61));
        MatchBatch said = matches.readValue();
        assertThat(said.getCorrelation()).isEmpty();
        assertThat(said.getSource()).isEqualTo("k8s_audit");
        assertThat(said.getPartitions()).isOne();
        assertThat(said.getClock()).isEqualTo(time(3700));
    }

    @Test
    void withoutMatchesTheClockIsSaidEveryFiveSeconds() {
        publish(counting(""));
        for (int second = 0; second < 60; second++) quietSecond(second);
        assertThat(matches.readValuesToList()).hasSizeBetween(10, 13);
    }

    @Test
    void withMatchesTheClockIsSaidEverySecond() {
        publish(counting(""));
        event(0, "get", "bob");
        for (int second = 0; second < 30; second++) quietSecond(second);
        assertThat(matches.readValuesToList()).hasSizeGreaterThan(25);
        for (int second = 30; second < 70; second++) quietSecond(second);
        matches.readValuesToList();
        for (int second = 70; second < 130; second++) quietSecond(second);
        assertThat(matches.readValuesToList()).hasSizeBetween(10, 13);
    }

    private void quietSecond(int second) {
        event(second, "nothing", "nobody");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    @Test
    void withoutCorrelationsNothingIsSaid() {
        publish(RuleTexts.DELETED);
        for (int second = 0; second < 5; second++) clock(second);
        idle.measured(START.plusSeconds(3700), Map.of(new TopicPartition(Topics.EVENTS_K8S_AUDIT.name(), 0), 0L));
        driver.advanceWallClockTime(Duration.ofSeconds(61));
        assertThat(matches.isEmpty()).isTrue();
    }

    @Test
    void aMatchBeyondGraceIsSaidAndNotUsed() {
        publish(counting(""));
        clock(100);
        event(69, "get", "bob");
        event(101, "get", "bob");
        event(102, "get", "bob");
        LateMatch missed = late.readValue();
        assertThat(missed.getCorrelation()).isEqualTo("Many secrets");
        assertThat(missed.getKey()).containsExactly("bob");
        assertThat(missed.getEvent().getTime()).isEqualTo(time(69));
        assertThat(missed.getEvent().getHostname()).isEqualTo("prod");
        assertThat(late.isEmpty()).isTrue();
        assertThat(alerts.isEmpty()).isTrue();
        event(71, "get", "bob");
        assertThat(alerts.readValue().getEvents()).extracting("offset").containsExactly(4L, 2L, 3L);
    }

    @Test
    void aMatchWithinGraceRevisesTheAlert() {
        publish(counting(""));
        event(10, "get", "bob");
        event(20, "get", "bob");
        event(30, "get", "bob");
        event(5, "get", "bob");
        List<Alert> both = alerts.readValuesToList();
        assertThat(both).extracting(Alert::getRevision).containsExactly(0, 1);
        assertThat(both).extracting(Alert::getId).containsOnly(both.getFirst().getId());
        assertThat(both.getLast().getEvents()).extracting("offset").containsExactly(3L, 0L, 1L);
    }

    @Test
    void anEventThatIsDeliveredTwiceCountsOnce() {
        publish(counting(""));
        event(0, "get", "bob");
        id = 0;
        event(0, "get", "bob");
        event(1, "get", "bob");
        assertThat(alerts.isEmpty()).isTrue();
        event(2, "get", "bob");
        assertThat(alerts.isEmpty()).isFalse();
    }

    @Test
    void shadowsWriteToTheirTopicAndKeepTheirStateWhenPromoted() {
        publish(counting("  shadow: true\n"));
        for (int second = 0; second < 5; second++) event(second, "get", "bob");
        assertThat(shadows.readValue().getRule()).isEqualTo("Many secrets");
        assertThat(shadows.isEmpty()).isTrue();
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(json.isEmpty()).isTrue();
        publish(counting(""));
        event(5, "get", "bob");
        assertThat(alerts.readValue().getEvents()).extracting("offset").containsExactly(3L, 4L, 5L);
    }

    @Test
    void aRuleThatIsAShadowHidesNoneAndWritesToTheirTopic() {
        publish(RuleTexts.DELETED + "  shadow: true\n");
        event(0, "delete", "bob");
        assertThat(shadows.readValue().getRule()).isEqualTo("Deleted");
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void suppressFoldsTheAlertsOfARule() {
        publish(RuleTexts.DELETED + "  suppress: {by: [ka.user.name], for: 1m}\n");
        event(0, "delete", "bob");
        event(1, "delete", "eve");
        event(10, "delete", "bob");
        event(20, "delete", "bob");
        List<Alert> first = alerts.readValuesToList();
        assertThat(first).extracting(Alert::getRevision).containsExactly(0, 0);
        assertThat(first).extracting(Alert::getRepeats).containsOnlyNulls();
        clock(100);
        Alert closing = alerts.readValue();
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(closing.getId()).isEqualTo(first.getFirst().getId());
        assertThat(closing.getRevision()).isEqualTo(1);
        FoldedAlerts repeats = Objects.requireNonNull(closing.getRepeats());
        assertThat(repeats.getCount()).isEqualTo(3);
        assertThat(repeats.getFirstTime()).isEqualTo(time(0));
        assertThat(repeats.getLastTime()).isEqualTo(time(20));
        assertThat(json.readValuesToList().getLast()).contains("\"repeats\":3,\"revision\":1");
    }

    @Test
    void suppressFoldsTheAlertsOfACorrelation() {
        publish(counting("  suppress: {by: [ka.user.name], for: 1m}\n"));
        for (int second = 0; second < 9; second++) event(second, "get", "bob");
        clock(40);
        clock(200);
        List<Alert> all = alerts.readValuesToList();
        assertThat(all).extracting(Alert::getId).containsOnly(all.getFirst().getId());
        assertThat(Objects.requireNonNull(all.getLast().getRepeats()).getCount())
                .isEqualTo(3);
    }

    @Test
    void aCorrelationFeedsAnother() {
        publish(counting("""
                - correlation: Again and again
                  desc: somebody reads many secrets, repeatedly
                  type: event_count
                  rules: Many secrets
                  group-by: [ka.user.name]
                  timespan: 1h
                  condition: {gte: 2}
                  output: "%ka.user.name does not stop"
                  priority: CRITICAL
                """));
        for (int second = 0; second < 6; second++) event(second, "get", "bob");
        clock(60);
        clock(120);
        assertThat(alerts.readValuesToList())
                .extracting(Alert::getRule)
                .containsExactly("Many secrets", "Many secrets", "Again and again");
    }

    @Test
    void whatCannotBeReadIsADeadLetter() {
        publish(counting(""));
        matchTopic.pipeInput(utf8("x"), utf8("no match"));
        matchTopic.pipeInput(utf8("x"), (byte[]) null);
        assertThat(deadLetters.readValuesToList())
                .extracting(DeadLetter::getTopic, DeadLetter::getReason)
                .extracting(Object::toString)
                .hasSize(2)
                .allMatch(text -> text.contains("matches"));
    }

    @Test
    void metricsTellWhatEachCorrelationHas() {
        publish(counting(""));
        for (int second = 0; second < 3; second++) event(second, "get", "bob");
        event(3, "get", "eve");
        clock(60);
        String scraped = metrics.scrape();
        assertThat(scraped)
                .contains("detector_correlations 1.0")
                .contains("detector_correlations_matches_total{correlation=\"Many secrets\"} 4.0")
                .contains("detector_correlations_alerts_total{correlation=\"Many secrets\"} 1.0")
                .contains("detector_correlations_late_total{correlation=\"Many secrets\"} 0.0")
                .contains("detector_correlations_keys{correlation=\"Many secrets\"} 1.0")
                .containsPattern("detector_correlations_state_bytes\\{correlation=\"Many secrets\"} [1-9]")
                .contains("detector_correlations_watermark_lag{source=\"k8s_audit\"}")
                .contains("detector_correlations_timers_behind 0.0")
                .doesNotContain("\"eve");
        assertThat(counts.correlations().summary()).startsWith("1 correlations, 1 keys in ");
        publish(SIGNALS);
        matchTopic.pipeInput(new byte[0], clockOfNobody());
        assertThat(metrics.scrape())
                .doesNotContain("detector_correlations_keys{")
                .contains("detector_correlations 0.0");
    }
}
