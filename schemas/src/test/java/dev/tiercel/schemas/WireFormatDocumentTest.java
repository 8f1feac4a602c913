package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.BrokerOutage;
import dev.tiercel.schemas.avro.Container;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.EventAddress;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.FileDescriptor;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.schemas.avro.KernelCounts;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import dev.tiercel.schemas.avro.LateEvent;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.MatchedEvent;
import dev.tiercel.schemas.avro.NodeContext;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.schemas.avro.ProbeProgram;
import dev.tiercel.schemas.avro.Process;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.schemas.avro.SourceProgress;
import dev.tiercel.schemas.avro.StepMatch;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.schemas.avro.SyscallEvent;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.schemas.avro.WatchGap;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// docs/wire-format.md agrees with the code.
class WireFormatDocumentTest {

    private static final long TIME = 1_795_305_600_000_000_000L;

    private final String document;

    WireFormatDocumentTest() throws IOException {
        document = Files.readString(Checkout.root().resolve("docs/wire-format.md"));
    }

    @Test
    void hasTheCatalogueOfTopics() {
        assertThat(document).contains(Topics.markdown());
        for (Topic topic : Topics.all()) {
            assertThat(document).contains("## `" + topic.name() + "`").contains(topic.purpose());
        }
    }

    @Test
    void showsValidRecords() throws IOException {
        for (Object example : List.of(
                batch(),
                kubernetesObject(),
                sourceEvent(),
                sourceProgress(),
                indicatorFeed(),
                nodeContext(),
                execSession(),
                alert(),
                undeliveredAlert(),
                matchBatch(),
                lateMatch(),
                sensorReport(),
                ruleFiles(),
                ruleStatus(),
                ruleChange(),
                deadLetter())) {
            assertThat(document).contains("```json\n" + json(example) + "\n```");
        }
    }

    @Test
    void showsABatchAsWritten() {
        byte[] record = BatchModel.write(new BatchWriter(), batch(), 1);

        assertThat(BatchModel.read(new BatchCursor().wrap(record))).isEqualTo(batch());
        assertThat(EventType.ofNumber(batch().getEvents().getFirst().getType())).hasValue(EventType.OPENAT);
    }

    @Test
    void namesEveryReasonOfADeadLetter() {
        for (BadRecordException.Reason reason : BadRecordException.Reason.values()) {
            assertThat(document).contains("`" + reason + "`");
        }
    }

    private static String json(Object example) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter());
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(example.toString());
        tree.path("processes").forEach(process -> leaveOutWhatIsNotSet((ObjectNode) process));
        return mapper.writer(printer).writeValueAsString(tree);
    }

    /// Numbers that joined the schema later, hence with a default, and that the example says nothing about.
    private static void leaveOutWhatIsNotSet(ObjectNode process) {
        for (Schema.Field field : Process.getClassSchema().getFields()) {
            boolean number = field.hasDefaultValue() && field.defaultVal() instanceof Number;
            if (number
                    && process.path(field.name())
                            .asText()
                            .equals(field.defaultVal().toString())) {
                process.remove(field.name());
            }
        }
    }

    private static SourceEvent sourceEvent() {
        String document = "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"verb\":\"delete\"}";
        return new SourceEvent(
                "8d8b8b9c-7a0c-4d5e-9d3a-6f2f6c0e8a11/ResponseComplete",
                TIME,
                "k8s_audit",
                "prod",
                "alice",
                "delete",
                ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)),
                TIME + 412_000_000);
    }

    private static SourceProgress sourceProgress() {
        return new SourceProgress("{\"inode\":1311,\"offset\":482211}", TIME);
    }

    private static IndicatorFeed indicatorFeed() {
        return new IndicatorFeed(List.of("192.0.2.7", "198.51.100.0/24"), "https://example.org/tor.txt", TIME);
    }

    private static NodeContext nodeContext() {
        return new NodeContext(
                "aws", "eu-central-1", "eu-central-1a", "123456789012", "i-0123456789abcdef0", "m7g.large", TIME);
    }

    private static UndeliveredAlert undeliveredAlert() {
        long first = TIME / 1_000_000;
        return new UndeliveredAlert(
                "soc",
                "4b1f0c9a7d3e5f60812a4c6e8d0f1b37",
                "Shadow read",
                "HTTP status 503",
                1443,
                first,
                first + 86_400_512,
                "alerts",
                4,
                70_221L,
                ByteBuffer.wrap("value of the record".getBytes(StandardCharsets.UTF_8)));
    }

    private static MatchBatch matchBatch() {
        MatchedEvent event =
                new MatchedEvent("k8s_audit", TIME, "prod/8d8b8b9c", "prod", "events.k8s-audit", 2, 90_117L, 0, true);
        StepMatch match =
                new StepMatch(0, event, ByteBuffer.wrap("alice".getBytes(StandardCharsets.UTF_8)), List.of(), null);
        return new MatchBatch(
                "k8s_audit",
                "events.k8s-audit",
                2,
                6,
                0L,
                0L,
                0L,
                "5f1d7f3d0c1b",
                "Many secrets read",
                "0a3b5c7d9e1f2a4b",
                List.of("prod", "alice"),
                List.of(match));
    }

    private static LateMatch lateMatch() {
        LateEvent event = new LateEvent("k8s_audit", "prod", TIME, "events.k8s-audit", 2, 90_117L, 0);
        return new LateMatch("Many secrets read", "step1", List.of("prod", "alice"), event, TIME + 31_000_000_000L);
    }

    private static ExecSession execSession() {
        return ExecSession.newBuilder()
                .setCluster("prod")
                .setNamespace("shop")
                .setPod("web-0")
                .setPodUid("")
                .setContainer("web")
                .setKind("exec")
                .setCommand(List.of("sh", "-c", "id"))
                .setStdin(true)
                .setTty(true)
                .setUser("alice")
                .setGroups(List.of("developers", "system:authenticated"))
                .setImpersonated("")
                .setSourceIps(List.of("192.0.2.7"))
                .setAuditId("8d8b8b9c-7a0c-4d5e-9d3a-6f2f6c0e8a11")
                .setTime(TIME)
                .setEnded(0)
                .build();
    }

    private static SyscallBatch batch() {
        FileDescriptor file = new FileDescriptor(3, 1, "/etc/shadow", 64769L, 131_842L, 0100640, 0);
        SyscallEvent event = SyscallEvent.newBuilder()
                .setType(EventType.OPENAT.number())
                .setTime(1_250_000)
                .setProcess(0)
                .setTid(4242)
                .setCpu(1)
                .setResult(3)
                .setArguments(Arrays.asList(3L, -100L, "/etc/shadow", 0L, 0L, 64769L, 131_842L))
                .setPaths(List.of("/etc/shadow"))
                .setDescriptor(file)
                .build();
        return new SyscallBatch(
                "web-1",
                0,
                17L,
                TIME - 60_000_000_000L,
                3401L,
                TIME,
                0L,
                List.of(process()),
                List.of(container()),
                List.of(event),
                0L);
    }

    private static Process process() {
        Process known = new Process();
        known.setExecs(-1);
        return BatchModel.filled(
                known,
                -1,
                -1,
                -1,
                0,
                4242L,
                TIME - 1_000_000L,
                "cat",
                "cat",
                "/usr/bin/cat",
                List.of("/etc/shadow"),
                List.of(),
                "/",
                "/system.slice/docker-3ad7b26ded6d.scope",
                0L,
                "root",
                0L,
                "root",
                -1L,
                null,
                34816L,
                1L,
                4242L,
                9L,
                9L,
                0xa80425fbL,
                0xa80425fbL,
                0L,
                918_273L,
                1_700_000_000_000_000_000L,
                1_690_000_000_000_000_000L,
                8,
                TIME - 30_000_000_000L,
                List.of(4026532601L, 4026532604L, 4026532606L, 4026531837L, 4026532602L, 4026532603L, 4026532675L));
    }

    private static Container container() {
        return Container.newBuilder()
                .setId("3ad7b26ded6d")
                .setFullId("3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e")
                .setRuntime("docker")
                .setName("shop")
                .setImage("registry.example/shop:1.4")
                .setImageRepository("registry.example/shop")
                .setImageTag("1.4")
                .setPrivileged(false)
                .setStartTime(TIME - 30_000_000_000L)
                .setIp("172.17.0.2")
                .setMounts(List.of())
                .setLabels(Map.of("team", "checkout"))
                .build();
    }

    private static Alert alert() {
        return Alert.newBuilder()
                .setId("c264335cf7e80b89d9ca6586afcb82f8")
                .setRule("Read sensitive file")
                .setRuleHash("1a807267d38a5011")
                .setPriority("Warning")
                .setSource("syscall")
                .setTags(List.of("T1003", "filesystem"))
                .setHostname("web-1")
                .setTime(TIME + 1_250_000)
                .setOutput("Sensitive file opened (file=/etc/shadow process=cat container=shop)")
                .setOutputFields(List.of(
                        new OutputField("fd.name", "/etc/shadow"),
                        new OutputField("proc.pid", 4242L),
                        new OutputField("k8s.pod.name", null)))
                .setEvents(List.of(new EventAddress("events.syscall", 2, 90_117L, 0)))
                .setEvidenceComplete(true)
                .setEventCount(1)
                .build();
    }

    private static KubernetesObject kubernetesObject() {
        return KubernetesObject.newBuilder()
                .setCluster("prod")
                .setKind("Pod")
                .setNamespace("shop")
                .setName("cart-6d4cf56db6-x2x7q")
                .setUid("05869489-8c7f-45dc-9abd-1b1620787bb1")
                .setLabels(Map.of("app", "cart"))
                .setOwner(new KubernetesOwner("ReplicaSet", "cart-6d4cf56db6", "5a3f4c1e-7d0b-4a0f-9a55-7d8f2f1c9b30"))
                .setNode("node-1")
                .setIp("10.1.2.3")
                .setServiceAccount("cart")
                .setContainers(List.of(new KubernetesContainer(
                        "cart", "2f92446a3fbfd0b7a73457b45e96c75a25c5e44e7b1bcec165712b906551c261")))
                .setSelector(Map.of())
                .build();
    }

    private static SensorReport sensorReport() {
        return SensorReport.newBuilder()
                .setNode("web-1")
                .setCollectorStart(TIME - 60_000_000_000L)
                .setTime(TIME)
                .setKernelRelease("6.1.0-31-amd64")
                .setCollectorVersion("0.1.0")
                .setPrograms(List.of(
                        new ProbeProgram("probe_sys_exit", true, ""),
                        new ProbeProgram("probe_io_uring", false, "no such tracepoint")))
                .setDrained(120_250)
                .setPublished(88_000)
                .setStateOnly(31_000)
                .setIgnored(Map.of("self", 990L))
                .setDropped(Map.of("spool-full", 10L))
                .setKernel(List.of(new KernelCounts("open", 70_000L, 0L, 0L)))
                .setFaults(3)
                .setCompat(0)
                .setLag(4096)
                .setBytes(9_400_000)
                .setBatches(512)
                .setProcesses(143)
                .setContainers(5)
                .setPending(250)
                .setPendingBytes(38_000)
                .setGap(new WatchGap(TIME - 75_000_000_000L, TIME - 60_000_000_000L, "killed"))
                .setOutages(List.of(new BrokerOutage(TIME - 30_000_000_000L, TIME - 1_000_000_000L, 21_000L, 10L)))
                .build();
    }

    private static RuleFiles ruleFiles() {
        return new RuleFiles(
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                TIME,
                "tiercel up, root@web-1",
                List.of(new RuleFileContent("tiercel.yaml", "- rule: Read sensitive file\n  ...\n")));
    }

    private static RuleStatus ruleStatus() {
        return new RuleStatus(
                "tiercel-detector",
                "6f1c2a52-6a0e-4c58-9d0b-6b0f0f0f7c11",
                "web-1",
                TIME,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                89,
                "tiercel up",
                TIME,
                TIME,
                "",
                "",
                0L,
                "");
    }

    private static RuleChange ruleChange() {
        return new RuleChange(
                "REFUSED",
                TIME,
                "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
                "tiercel detect",
                TIME,
                0,
                "tiercel-detector",
                "6f1c2a52-6a0e-4c58-9d0b-6b0f0f0f7c11",
                "web-1",
                "rules.yaml:3:36: error[LOAD_ERR_COMPILE_CONDITION]: filter_check called with nonexistent field "
                        + "proc.nam in rule 'Shell' — did you mean 'proc.name'?");
    }

    private static DeadLetter deadLetter() {
        return new DeadLetter(
                "events.syscall",
                2,
                90_118L,
                TIME,
                ByteBuffer.wrap("web-1/0".getBytes(UTF_8)),
                ByteBuffer.wrap("hello".getBytes(UTF_8)),
                "MAGIC",
                "first byte is 104 where 0 is required",
                "tiercel-detector",
                7L,
                5L,
                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }
}
