package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an audit event to what the alerts of system calls say of it.
final class ExecTopologyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000L;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final DetectorSerdes serdes = DetectorSerdes.of(registry);
    private final DetectorMetrics counts = new DetectorMetrics(new Metrics());
    private final ActiveRules rules = new ActiveRules(CompileOptions.defaults());
    private final KubernetesIndex kubernetes = new KubernetesIndex(InstantSource.fixed(NOW));
    private final int schemaId = serdes.batches().register();
    private final SentBatches sent = new SentBatches();

    @TempDir
    private Path stateDir;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestInputTopic<byte[], byte[]> documents;
    private TestInputTopic<byte[], byte[]> execTopic;
    private TestOutputTopic<byte[], byte[]> execs;
    private TestOutputTopic<String, Alert> alerts;
    private TestOutputTopic<String, String> json;

    private Topology topology() {
        TestSteps steps = new TestSteps(serdes, rules, counts, new IdlePartitions());
        return DetectorTopology.build(
                steps.of(new Nodes(), kubernetes, WAIT, sent, letter -> {
                    throw new AssertionError(letter.toString());
                }),
                serdes);
    }

    private void pipe(byte[] batch) {
        sent.add(batch);
        events.pipeInput(new byte[0], batch, NOW);
    }

    @BeforeEach
    void open() {
        DetectorConfig config = DetectorConfig.from(Settings.of(Map.of("detector.state-dir", stateDir.toString())));
        Properties settings = new Properties();
        settings.putAll(StreamsSettings.of(config, "one", Map.of("bootstrap.servers", "none:1")));
        driver = new TopologyTestDriver(topology(), settings, NOW);
        ByteArraySerializer bytes = new ByteArraySerializer();
        events = driver.createInputTopic(Topics.EVENTS_SYSCALL.name(), bytes, bytes);
        documents = driver.createInputTopic(Topics.EVENTS_K8S_AUDIT.name(), bytes, bytes);
        execTopic = driver.createInputTopic(Topics.CONTEXT_EXECS.name(), bytes, bytes);
        StringDeserializer text = new StringDeserializer();
        alerts = driver.createOutputTopic(
                Topics.ALERTS.name(), text, serdes.alerts().deserializer());
        json = driver.createOutputTopic(Topics.ALERTS_JSON.name(), text, text);
        execs = driver.createOutputTopic(
                Topics.CONTEXT_EXECS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        assertThat(rules.offer(RuleTexts.publication(RuleTexts.SHADOW))).isEmpty();
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private String auditId = "a-1";

    private void audit(String subresource, String stage, int code, String query) {
        String document = """
                {"kind":"Event","auditID":"%s","stage":"%s","requestURI":"/api/v1/namespaces/shop/pods/web-0/%s?%s",\
                "verb":"create","user":{"username":"alice","groups":["staff"]},"sourceIPs":["192.0.2.7"],\
                "objectRef":{"resource":"pods","namespace":"shop","name":"web-0","subresource":"%s"},\
                "responseStatus":{"code":%d},"requestReceivedTimestamp":"2026-11-26T11:59:59.5Z"}""".formatted(auditId, stage, subresource, query, subresource, code);
        SourceEvent event = new SourceEvent(
                auditId + "/" + stage,
                NANOS,
                "k8s_audit",
                "prod",
                "alice",
                "create",
                ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)),
                NANOS);
        documents.pipeInput(
                new byte[0],
                Objects.requireNonNull(serdes.documents().get("k8s_audit")).write(event));
    }

    /// What the brokers do.
    private int passOn() {
        List<KeyValue<byte[], byte[]>> all = execs.readKeyValuesToList();
        all.forEach(record -> execTopic.pipeInput(record.key, record.value));
        return all.size();
    }

    /// A shell that came into the container from outside, and reads.
    private byte[] shellOpens(String path) {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("web-1", 0, 7, NANOS - 1, 100, NANOS));
        byte[] shim = process("containerd-shim", 700, 700).encode();
        byte[] shell = process("sh", 900, 50).set(ProcessAttribute.EXECS, 1).encode();
        int outside = writer.addProcess(-1, -1, -1, -1, shim, shim.length);
        int container = writer.addContainer(new ContainerEncoder()
                .id("2f92446a3fbf")
                .fullId("2f92446a3fbf")
                .runtime("containerd")
                .labels(Map.of("io.kubernetes.pod.name", "web-0", "io.kubernetes.pod.namespace", "shop"))
                .encode());
        int process = writer.addProcess(outside, -1, -1, container, shell, shell.length);
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        writer.beginEvent(EventType.OPENAT.number(), NANOS, process, 42, 0, 3);
        writer.arguments(7);
        for (int argument = 0; argument < 7; argument++) {
            if (argument == 2) writer.argument(utf8, 0, utf8.length);
            else writer.argument(0);
        }
        writer.paths(1);
        writer.path(utf8, 0, utf8.length);
        writer.beginFileDescriptor(3, 1);
        writer.path(utf8, 0, utf8.length);
        writer.endFileDescriptor(0x801, 77, 0100644, 0);
        return writer.finish(0, schemaId);
    }

    private static ProcessEncoder process(String name, long pid, long vpid) {
        return new ProcessEncoder()
                .name(name)
                .exe(name)
                .exePath("/usr/bin/" + name)
                .pid(pid)
                .set(ProcessAttribute.VPID, vpid)
                .startTime(NANOS);
    }

    @Test
    void anAlertBelowAnExecSaysWhoIsBehindIt() {
        audit("exec", "ResponseStarted", 101, "command=sh&stdin=true&tty=true");
        assertThat(passOn()).isOne();
        pipe(shellOpens("/etc/shadow"));

        Alert alert = alerts.readValue();
        assertThat(alert.getOutput()).endsWith(" exec_user=alice exec_ip=192.0.2.7 exec_match=exact");
        assertThat(alert.getOutputFields())
                .contains(
                        new OutputField("k8s.exec.user.name", "alice"),
                        new OutputField("k8s.exec.user.groups", List.of("staff")),
                        new OutputField("k8s.exec.auditid", "a-1"),
                        new OutputField("k8s.exec.match", "exact"));
        assertThat(json.readValue())
                .contains("\"k8s.exec.user.groups\":[\"staff\"]", "\"k8s.exec.user.name\":\"alice\"");
    }

    @Test
    void aRequestThatComesLaterNamesWhoItWasInARevision() {
        pipe(shellOpens("/etc/shadow"));
        Alert first = alerts.readValue();
        assertThat(first.getOutput()).doesNotContain("exec_");

        auditId = "a-2";
        audit("exec", "ResponseStarted", 101, "command=ls");
        assertThat(passOn()).isOne();
        driver.advanceWallClockTime(Duration.ofMillis(250));
        assertThat(alerts.isEmpty()).as("another command").isTrue();

        auditId = "a-1";
        audit("exec", "ResponseStarted", 101, "command=sh");
        assertThat(passOn()).isOne();
        driver.advanceWallClockTime(Duration.ofMillis(250));
        Alert second = alerts.readValue();
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getRevision()).isOne();
        assertThat(second.getOutput()).endsWith("exec_user=alice exec_ip=192.0.2.7 exec_match=exact");

        driver.advanceWallClockTime(WAIT.multipliedBy(2));
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void afterTheWaitARequestNamesNobody() {
        pipe(shellOpens("/etc/shadow"));
        alerts.readValue();
        driver.advanceWallClockTime(WAIT.plusMillis(250));

        audit("exec", "ResponseStarted", 101, "command=sh");
        passOn();
        driver.advanceWallClockTime(WAIT);
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void withoutARequestAnAlertIsAsEver() {
        pipe(shellOpens("/etc/shadow"));

        Alert alert = alerts.readValue();
        assertThat(alert.getOutput()).doesNotContain("exec_");
        assertThat(alert.getOutputFields())
                .extracting(OutputField::getName)
                .noneMatch(name -> name.startsWith("k8s.exec"));
    }

    @Test
    void aSessionIsWhatTheAuditEventSays() {
        audit(
                "exec",
                "ResponseStarted",
                101,
                "command=sh&command=-c&command=id+%26+%C3%A4&container=web&stdin=1&tty=false");
        ExecSession session = serdes.execs().read(execs.readValue());

        assertThat(session.getCluster()).isEqualTo("prod");
        assertThat(session.getCommand()).containsExactly("sh", "-c", "id & ä");
        assertThat(session.getContainer()).isEqualTo("web");
        assertThat(session.getStdin()).isTrue();
        assertThat(session.getTty()).isFalse();
        assertThat(session.getTime()).isEqualTo(NANOS - 500_000_000L);
        assertThat(session.getEnded()).isZero();
    }

    @Test
    void theEndOfAnAttachIsUnderTheSameKey() {
        audit("attach", "ResponseStarted", 101, "stdin=true&tty=true");
        audit("attach", "ResponseComplete", 101, "stdin=true&tty=true");
        List<KeyValue<byte[], byte[]>> both = execs.readKeyValuesToList();

        assertThat(both)
                .extracting(record -> new String(record.key, StandardCharsets.UTF_8))
                .containsExactly("prod/shop/web-0/a-1", "prod/shop/web-0/a-1");
        ExecSession ended = serdes.execs().read(both.getLast().value);
        assertThat(ended.getEnded()).isEqualTo(NANOS);
        assertThat(ended.getKind()).isEqualTo("attach");
    }

    @Test
    void whatDidNotEnterAPodIsNoSession() {
        audit("exec", "ResponseComplete", 403, "command=sh");
        audit("exec", "RequestReceived", 101, "command=sh");
        audit("portforward", "ResponseStarted", 101, "note=\"exec\"");
        documents.pipeInput(new byte[0], "\"exec\"".getBytes(StandardCharsets.UTF_8));
        documents.pipeInput(new byte[0], (byte[]) null);
        assertThat(execs.isEmpty()).isTrue();
    }

    @Test
    void aServerThatSaysItOnceIsUnderstood() {
        audit("exec", "ResponseComplete", 200, "");
        ExecSession session = serdes.execs().read(execs.readValue());
        assertThat(session.getCommand()).isEmpty();
        assertThat(session.getEnded()).isZero();
    }
}
