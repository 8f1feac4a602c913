package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.NodeContext;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DetectorTopologyTest {
    private static final String APPLICATION = "tiercel-detector";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final DetectorSerdes serdes = DetectorSerdes.of(registry);
    private final Metrics metrics = new Metrics();
    private final DetectorMetrics counts = new DetectorMetrics(metrics);
    private final ActiveRules rules = new ActiveRules(CompileOptions.defaults());
    private final List<Unreadable> ruleDeadLetters = new ArrayList<>();
    private final Nodes nodes = new Nodes();
    private final KubernetesIndex kubernetes = new KubernetesIndex();
    private final int schemaId = serdes.batches().register();
    private final Topology topology = topology();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestInputTopic<byte[], byte[]> documents;
    private TestInputTopic<byte[], byte[]> feedTopic;
    private TestInputTopic<byte[], byte[]> nodeTopic;
    private TestInputTopic<byte[], byte[]> clusterTopic;
    private TestInputTopic<byte[], byte[]> ruleTopic;
    private TestOutputTopic<String, Alert> alerts;
    private TestOutputTopic<String, String> json;
    private TestOutputTopic<String, DeadLetter> deadLetters;

    private Topology topology() {
        TestSteps steps = new TestSteps(serdes, rules, counts, new IdlePartitions());
        return DetectorTopology.build(steps.of(nodes, kubernetes, Duration.ofSeconds(5), ruleDeadLetters::add), serdes);
    }

    @BeforeEach
    void open() {
        DetectorConfig config = DetectorConfig.from(Settings.of(Map.of("detector.state-dir", stateDir.toString())));
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(config, "one", Map.of("bootstrap.servers", "none:1")));
        driver = new TopologyTestDriver(topology, settings);
        ByteArraySerializer bytes = new ByteArraySerializer();
        events = driver.createInputTopic(Topics.EVENTS_SYSCALL.name(), bytes, bytes);
        feedTopic = driver.createInputTopic(Topics.CONTEXT_FEEDS.name(), bytes, bytes);
        clusterTopic = driver.createInputTopic(Topics.CONTEXT_KUBERNETES.name(), bytes, bytes);
        nodeTopic = driver.createInputTopic(Topics.CONTEXT_NODES.name(), bytes, bytes);
        ruleTopic = driver.createInputTopic(Topics.RULES.name(), bytes, bytes);
        documents = driver.createInputTopic(Topics.EVENTS_K8S_AUDIT.name(), bytes, bytes);
        StringDeserializer text = new StringDeserializer();
        alerts = driver.createOutputTopic(
                Topics.ALERTS.name(), text, serdes.alerts().deserializer());
        json = driver.createOutputTopic(Topics.ALERTS_JSON.name(), text, text);
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(), text, serdes.deadLetters().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
        metrics.close();
    }

    @Test
    void matchesTheGoldenDescription() {
        Golden.check("topology.txt", topology.describe().toString());
    }

    @Test
    void turnsAMatchIntoAnAlertInBothForms() {
        publish(RuleTexts.SHADOW);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/hosts", "/etc/shadow"));

        KeyValue<String, Alert> alert = alerts.readKeyValue();
        assertThat(alert.key).isEqualTo(alert.value.getId());
        assertThat(alert.value.getEvents()).singleElement().satisfies(at -> {
            assertThat(at.getTopic()).isEqualTo("events.syscall");
            assertThat(at.getOffset()).isZero();
            assertThat(at.getIndex()).isEqualTo(1);
        });
        assertThat(alert.value.getHostname()).isEqualTo("web-1");
        assertThat(alert.value.getEvidenceComplete()).isTrue();
        KeyValue<String, String> falco = json.readKeyValue();
        assertThat(falco.key).isEqualTo(alert.key);
        Golden.check("alert/shadow.json", falco.value);
        Golden.check("alert/shadow.avro.json", alert.value.toString());
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void judgingTheSameRecordsAgainGivesTheSameIds() {
        publish(RuleTexts.SHADOW);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/shadow"));
        List<String> first = ids();
        driver.close();
        open();
        publish(RuleTexts.SHADOW);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/shadow"));
        assertThat(ids()).isEqualTo(first).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void marksAlertsWithIncompleteEvidence() {
        publish(RuleTexts.SHADOW);
        pipe(new SampleBatch("cat").open("/etc/shadow").finish(5, schemaId));
        assertThat(alerts.readValue().getEvidenceComplete()).isFalse();
    }

    @Test
    void swapsRulesBetweenRecords() {
        publish(RuleTexts.SHADOW);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/passwd"));
        publish(RuleTexts.PASSWD);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/passwd"));
        assertThat(alerts.readValuesToList()).extracting(Alert::getRule).containsExactly("Shadow read", "Passwd read");
        assertThat(rules.swaps()).isEqualTo(2);
    }

    @Test
    void keepsTheOldRulesWhenNewOnesDoNotCompile() {
        publish(RuleTexts.SHADOW);
        publish(RuleTexts.BROKEN);
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow"));
        assertThat(alerts.readValue().getRule()).isEqualTo("Shadow read");
        assertThat(rules.refusals()).isEqualTo(1);
        assertThat(ruleDeadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Unreadable.RULES_REFUSED);
            assertThat(letter.message()).contains("LOAD_ERR", "proc.nam", "rules.yaml:3");
        });
    }

    @Test
    void ignoresTombstonesAndOtherRuleSets() {
        publish(RuleTexts.SHADOW);
        ruleTopic.pipeInput(utf8("default"), (byte[]) null);
        ruleTopic.pipeInput(utf8("other"), serdes.rules().write(RuleTexts.publication(RuleTexts.PASSWD)));
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/passwd"));
        assertThat(alerts.readValuesToList()).extracting(Alert::getRule).containsExactly("Shadow read");
        assertThat(ruleDeadLetters).isEmpty();
    }

    @Test
    void judgesNoEventWithoutRules() {
        assertThatThrownBy(() -> pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow")))
                .rootCause()
                .hasMessageContaining("before the first rules");
    }

    @Test
    void unreadableRulesBecomeDeadLetters() {
        for (byte[] hostile : hostile(serdes.rules().write(RuleTexts.publication(RuleTexts.SHADOW)))) {
            int before = ruleDeadLetters.size();
            ruleTopic.pipeInput(utf8("default"), hostile);
            assertThat(ruleDeadLetters).hasSize(before + 1);
        }
        assertThat(rules.current()).isNull();
    }

    @Test
    void unreadableEventsBecomeDeadLettersByteForByte() {
        publish(RuleTexts.SHADOW);
        byte[] good = SampleBatch.opening(schemaId, "cat", "/etc/shadow");
        List<byte[]> hostile = hostile(good);
        for (byte[] record : hostile) {
            events.pipeInput(utf8("web-1/0"), record);
            KeyValue<String, DeadLetter> letter = deadLetters.readKeyValue();
            assertThat(letter.key).isEqualTo(APPLICATION);
            assertThat(letter.value.getTopic()).isEqualTo("events.syscall");
            assertThat(letter.value.getValue().array()).isEqualTo(record);
            assertThat(letter.value.getReason())
                    .isIn("TOO_SHORT", "MAGIC", "UNKNOWN_SCHEMA", "CORRUPT", "UNRESOLVABLE_SCHEMA");
        }
        pipe(null);
        assertThat(deadLetters.readValue().getReason()).isEqualTo("MISSING");
        alerts.readValuesToList();
        pipe(good);
        assertThat(alerts.readValue().getRule()).isEqualTo("Shadow read");
        assertThat(metrics.scrape()).contains("detector_records_total " + (hostile.size() + 2.0));
    }

    @Test
    void countsFromZeroAndHowLateEventsAreJudged() {
        counts.follow(rules);
        publish(RuleTexts.SHADOW);
        assertThat(metrics.scrape())
                .as("before the first alert, so that it shows as an increase")
                .contains("rule=\"Shadow read\",source=\"syscall\"} 0.0");
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow"));
        assertThat(metrics.scrape())
                .contains("detector_delay_seconds_count{source=\"syscall\"} 1")
                .containsPattern("detector_delay_seconds_bucket\\{source=\"syscall\",le=\"1200.0\"} [01]")
                .contains("detector_delay_seconds_count{source=\"k8s_audit\"} 0");
    }

    /// The first event is whole; the second cannot be read, which only shows when the first has been judged.
    @Test
    void detectionsBeforeACorruptEventCount() {
        publish(RuleTexts.SHADOW);
        byte[] one = SampleBatch.opening(schemaId, "cat", "/etc/shadow");
        byte[] broken = SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/hosts");
        java.util.Arrays.fill(broken, one.length, broken.length - 5, (byte) 0xff);
        pipe(broken);

        assertThat(deadLetters.readValue().getReason()).isEqualTo("CORRUPT");
        assertThat(alerts.readValuesToList()).singleElement().satisfies(alert -> {
            assertThat(alert.getRule()).isEqualTo("Shadow read");
            assertThat(alert.getEvents())
                    .singleElement()
                    .satisfies(at -> assertThat(at.getIndex()).isZero());
        });
        assertThat(json.getQueueSize()).isOne();
        assertThat(metrics.scrape())
                .contains("rule=\"Shadow read\",source=\"syscall\"} 1.0", "detector_records_total 1.0");
    }

    static long[] seeds() {
        return Seeds.seeds(20).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRecordStopsTheStream(long seed) {
        publish(RuleTexts.SHADOW);
        RandomGenerator random = Seeds.random(seed);
        byte[] good = SampleBatch.opening(schemaId, "cat", "/etc/shadow", "/etc/hosts", "/etc/passwd");
        int sent = 200;
        for (int i = 0; i < sent; i++) {
            byte[] broken = good.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            pipe(broken);
        }
        double letters = deadLetters.getQueueSize();
        assertThat(metrics.scrape())
                .as("seed %d", seed)
                .contains("detector_records_total " + (double) sent, "detector_batches_total " + (sent - letters));
    }

    @Test
    void judgesTheEventsOfASourceByItsRulesOnly() {
        publish(RuleTexts.SHADOW + RuleTexts.DELETED);
        pipe(documents, document("k8s_audit", "1", "{\"verb\":\"delete\",\"what\":\"pods\"}"));
        pipe(documents, document("k8s_audit", "2", "{\"verb\":\"get\",\"what\":\"pods\"}"));

        Alert alert = alerts.readValue();
        assertThat(alert.getSource()).isEqualTo("k8s_audit");
        assertThat(alert.getHostname()).isEqualTo("prod");
        assertThat(alert.getTime()).isEqualTo(SampleBatch.BASE_TIME);
        assertThat(alert.getOutput()).isEqualTo("Deleted pods");
        assertThat(alert.getEvents()).singleElement().satisfies(at -> {
            assertThat(at.getTopic()).isEqualTo("events.k8s-audit");
            assertThat(at.getOffset()).isZero();
        });
        Golden.check("alert/deleted.json", json.readValue());
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void anEventThatIsDeliveredTwiceRaisesTheSameAlert() {
        publish(RuleTexts.DELETED);
        byte[] event = document("k8s_audit", "1", "{\"verb\":\"delete\"}");
        pipe(documents, event);
        pipe(documents, event);
        pipe(documents, document("k8s_audit", "2", "{\"verb\":\"delete\"}"));

        List<String> ids = ids();
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(0)).isNotEqualTo(ids.get(2));
    }

    @Test
    void eventsThatAreNoneOfTheirSourceBecomeDeadLetters() {
        publish(RuleTexts.DELETED);
        pipe(documents, document("okta", "1", "{\"verb\":\"delete\"}"));
        pipe(documents, document("k8s_audit", "2", "{\"verb\":"));
        pipe(documents, null);
        pipe(documents, SampleBatch.opening(schemaId, "cat", "/etc/shadow"));

        assertThat(deadLetters.readValuesToList())
                .extracting(DeadLetter::getReason)
                .containsExactly("CORRUPT", "CORRUPT", "MISSING", "UNRESOLVABLE_SCHEMA");
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void judgesByTheListsThatAreInForce() {
        publish(RuleTexts.LISTED);
        pipe(documents, document("k8s_audit", "1", "{\"verb\":\"exec\"}"));
        assertThat(alerts.isEmpty()).isTrue();

        feedTopic.pipeInput(utf8("verbs"), serdes.feeds().write(new IndicatorFeed(List.of("exec"), "file", 0L)));
        pipe(documents, document("k8s_audit", "2", "{\"verb\":\"exec\"}"));
        assertThat(alerts.readValue().getRule()).isEqualTo("Listed");

        feedTopic.pipeInput(utf8("verbs"), utf8("no feed"));
        assertThat(ruleDeadLetters).hasSize(1);
        feedTopic.pipeInput(utf8("verbs"), (byte[]) null);
        pipe(documents, document("k8s_audit", "3", "{\"verb\":\"exec\"}"));
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(rules.swaps()).isOne();
    }

    @Test
    void knowsWhereTheNodeIs() {
        publish(RuleTexts.SHADOW.replace("Shadow opened (", "Shadow opened (region=%cloud.region "));
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow"));
        assertThat(alerts.readValue().getOutput()).contains("region=<NA>");

        NodeContext node = new NodeContext("aws", "eu-central-1", "", "", "", "", 0L);
        nodeTopic.pipeInput(utf8("web-1"), serdes.nodes().write(node));
        nodeTopic.pipeInput(utf8("web-2"), utf8("no context"));
        pipe(SampleBatch.opening(schemaId, "cat", "/etc/shadow"));
        assertThat(alerts.readValue().getOutput()).contains("region=eu-central-1");
        assertThat(ruleDeadLetters).hasSize(1);
    }

    @Test
    void knowsThePodOfAnEvent() {
        String key = "prod/Pod/" + SamplePods.UID;
        byte[] opened = new SampleBatch("init")
                .in(SamplePods.CGROUP, "cat")
                .open("/etc/shadow")
                .finish(0, schemaId);
        publish(RuleTexts.SHADOW.replace("Shadow opened (", "Shadow opened (pod=%k8smeta.pod.name "));
        pipe(opened);
        assertThat(alerts.readValue().getOutput()).contains("pod=<NA>");

        KubernetesObject pod = SamplePods.pod(SamplePods.UID, "shop");
        clusterTopic.pipeInput(utf8(key), serdes.kubernetes().write(pod));
        clusterTopic.pipeInput(utf8("prod/Pod/other"), utf8("no object"));
        pipe(opened);
        assertThat(alerts.readValue().getOutput()).contains("pod=cart-1");
        assertThat(ruleDeadLetters).hasSize(1);

        clusterTopic.pipeInput(utf8(key), (byte[]) null);
        pipe(opened);
        assertThat(alerts.readValue().getOutput()).contains("pod=<NA>");
    }

    private byte[] document(String source, String id, String json) {
        SourceEvent event = new SourceEvent(
                id, SampleBatch.BASE_TIME, source, "prod", "alice", "", ByteBuffer.wrap(utf8(json)), 0L);
        return Objects.requireNonNull(serdes.documents().get("k8s_audit")).write(event);
    }

    private static void pipe(TestInputTopic<byte[], byte[]> topic, byte @Nullable [] value) {
        topic.pipeInput(utf8("prod/alice"), value);
    }

    private List<byte[]> hostile(byte[] good) {
        byte[] magic = good.clone();
        magic[0] = 1;
        byte[] schema = good.clone();
        schema[2] = 99;
        byte[] longer = java.util.Arrays.copyOf(good, good.length + 3);
        byte[] shorter = java.util.Arrays.copyOf(good, good.length / 2);
        byte[] other = good.clone();
        System.arraycopy(
                ByteBuffer.allocate(4).putInt(serdes.deadLetters().schemaId()).array(), 0, other, 1, 4);
        return List.of(new byte[0], utf8("x"), utf8("{\"json\": true}"), magic, schema, longer, shorter, other);
    }

    private void publish(String content) {
        RuleFiles files = RuleTexts.publication(content);
        ruleTopic.pipeInput(utf8("default"), serdes.rules().write(files));
    }

    private void pipe(byte @Nullable [] batch) {
        events.pipeInput(utf8("web-1/0"), batch);
    }

    private List<String> ids() {
        return alerts.readValuesToList().stream().map(Alert::getId).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
