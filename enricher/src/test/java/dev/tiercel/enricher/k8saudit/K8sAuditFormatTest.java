package dev.tiercel.enricher.k8saudit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.Pieces;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.testkit.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class K8sAuditFormatTest {
    private final K8sAuditFormat format = new K8sAuditFormat("");

    private static String event(String id, String stage) {
        return """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%s","stage":"%s",\
            "verb":"create","user":{"username":"alice","groups":["a"]},"stageTimestamp":"2024-05-01T10:00:00.000001Z"}""".formatted(id, stage);
    }

    private static String item(String id) {
        return event(id, "ResponseComplete").replace("\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",", "");
    }

    private static String quoted(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<String> ids(Pieces pieces) {
        return pieces.events().stream().map(SourceEvent::getId).toList();
    }

    @Test
    void readsTheHeaderOfAnEvent() throws Exception {
        SourceEvent event = Pieces.of(format, event("1", "RequestReceived")).only();
        assertThat(event.getId()).isEqualTo("1/RequestReceived");
        assertThat(event.getTime()).isEqualTo(1714557600000001000L);
        assertThat(event.getSource()).isEqualTo("k8s_audit");
        assertThat(event.getOrigin()).isEmpty();
        assertThat(event.getActor()).isEqualTo("alice");
        assertThat(event.getVerb()).isEqualTo("create");
    }

    @Test
    void splitsListsLinesAndArrays() throws Exception {
        String list = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[%s,%s]}"
                .formatted(item("1"), item("2"));
        assertThat(Pieces.of(format, list).documents()).containsExactly(item("1"), item("2"));
        String a = event("1", "Panic");
        String b = event("2", "ResponseComplete");
        assertThat(Pieces.of(format, a + "\n" + b + "\n").documents()).containsExactly(a, b);
        assertThat(Pieces.of(format, "[" + list + "," + b + "]").documents()).containsExactly(item("1"), item("2"), b);
    }

    @Test
    void anEmptyListHasNoEvents() throws Exception {
        Pieces pieces = Pieces.of(format, "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[]}");
        assertThat(pieces.events()).isEmpty();
        assertThat(pieces.malformed()).isEmpty();
    }

    @Test
    void takesTheTimeThatThereIs() throws Exception {
        for (String name : List.of("requestReceivedTimestamp", "timestamp")) {
            assertThat(Pieces.of(format, event("1", "Panic").replace("stageTimestamp", name))
                            .only()
                            .getTime())
                    .isEqualTo(1714557600000001000L);
        }
    }

    @Test
    void keepsWhatIsNoEventBesideEvents() throws Exception {
        String untimed = item("2").replace("stageTimestamp", "when");
        Pieces pieces = Pieces.of(
                format, "{\"kind\":\"EventList\",\"items\":[%s,%s,7,{\"a\":1}]}".formatted(item("1"), untimed));
        assertThat(ids(pieces)).containsExactly("1/ResponseComplete");
        assertThat(pieces.malformed())
                .containsExactly(
                        untimed + " → no stageTimestamp, or one that is no time",
                        "7 → no JSON object",
                        "{\"a\":1} → no Event or EventList of audit.k8s.io: kind is ''");
    }

    @Test
    void keepsTheRestOfABrokenBody() throws Exception {
        Pieces pieces = Pieces.of(format, event("1", "Panic") + "\n{\"kind\":\"Event\",");
        assertThat(ids(pieces)).containsExactly("1/Panic");
        assertThat(pieces.malformed())
                .singleElement()
                .asString()
                .startsWith("\n{\"kind\":\"Event\", → not JSON from byte");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "7",
                "{\"kind\":\"Pod\"}",
                "{\"kind\":\"Event\",\"reason\":\"Started\"}",
                "{\"kind\":\"EventList\"}"
            })
    void refusesWhatHasNoEvents(String body) {
        assertThatThrownBy(() -> Pieces.of(format, body)).isInstanceOf(MalformedException.class);
    }

    @Test
    void readsAks() throws Exception {
        String body = """
            {"records":[{"category":"kube-audit","resourceId":"/SUBSCRIPTIONS/1/MANAGEDCLUSTERS/PROD","properties":{"log":%s}},
            {"category":"kube-scheduler","resourceId":"/x","properties":{"log":"I0501 text"}}]}""".formatted(quoted(event("1", "Panic")));
        Pieces pieces = Pieces.of(format, body);
        assertThat(pieces.only().getOrigin()).isEqualTo("PROD");
        assertThat(pieces.documents()).containsExactly(event("1", "Panic"));
        assertThat(Pieces.of(new K8sAuditFormat("mine"), body).only().getOrigin())
                .isEqualTo("mine");
    }

    @Test
    void readsEks() throws Exception {
        String body = """
            {"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/aws/eks/prod/cluster","logStream":"kube-apiserver-audit-0a",\
            "subscriptionFilters":["x"],"logEvents":[{"id":"3","timestamp":1,"message":%s},{"id":"4","timestamp":2,"message":%s}]}""".formatted(quoted(event("1", "Panic")), quoted(event("2", "Panic")));
        Pieces pieces = Pieces.of(format, body);
        assertThat(pieces.documents()).containsExactly(event("1", "Panic"), event("2", "Panic"));
        assertThat(pieces.events()).extracting(SourceEvent::getOrigin).containsOnly("prod");
        assertThat(Pieces.of(format, body.replace("kube-apiserver-audit", "authenticator"))
                        .events())
                .isEmpty();
        assertThat(Pieces.of(format, firehose(body)).documents()).isEqualTo(pieces.documents());
    }

    @Test
    void readsTheControlMessageOfASubscription() throws Exception {
        assertThat(Pieces.of(
                                format,
                                "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"message\":\"CWL CONTROL\"}]}")
                        .malformed())
                .isEmpty();
    }

    private static String firehose(String json) throws IOException {
        return "{\"requestId\":\"r\",\"timestamp\":1,\"records\":[{\"data\":\"%s\"}]}"
                .formatted(Base64.getEncoder().encodeToString(gzip(json.getBytes(UTF_8))));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    @Test
    void bombsAreNoEvents() throws Exception {
        String bomb = firehose(" ".repeat(65 << 20));
        assertThat(Pieces.of(format, bomb).malformed())
                .singleElement()
                .asString()
                .endsWith("more inside than 64 MiB");
        assertThat(Pieces.of(format, "{\"records\":[{\"data\":\"###\"}]}").malformed())
                .singleElement()
                .asString()
                .contains("data is not Base64");
    }

    private static final String GKE = """
            {"insertId":"i-1","logName":"projects/p/logs/cloudaudit.googleapis.com%2Factivity","timestamp":"2024-05-01T10:00:00Z",
             "receiveTimestamp":"2024-05-01T10:00:01.5Z","labels":{"authorization.k8s.io/decision":"allow"},
             "resource":{"type":"k8s_cluster","labels":{"project_id":"p","cluster_name":"prod","location":"eu"}},
             "protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"k8s.io",
              "methodName":"io.k8s.core.v1.pods.create","resourceName":"core/v1/namespaces/default/pods/web",
              "authenticationInfo":{"principalEmail":"alice@example.com"},
              "requestMetadata":{"callerIp":"10.0.0.1","callerSuppliedUserAgent":"kubectl"},
              "request":{"kind":"Pod"},"response":{"kind":"Pod","status":{}}}}""";

    @Test
    void convertsGke() throws Exception {
        Pieces pieces = Pieces.of(format, GKE);
        SourceEvent event = pieces.only();
        assertThat(event.getId()).isEqualTo("i-1/ResponseComplete");
        assertThat(event.getTime()).isEqualTo(1714557601500000000L);
        assertThat(event.getOrigin()).isEqualTo("prod");
        assertThat(event.getActor()).isEqualTo("alice@example.com");
        assertThat(event.getVerb()).isEqualTo("create");
        assertThat(pieces.documents())
                .containsExactly("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\","
                        + "\"level\":\"RequestResponse\",\"auditID\":\"i-1\",\"stage\":\"ResponseComplete\","
                        + "\"requestURI\":\"/core/v1/namespaces/default/pods/web\",\"verb\":\"create\","
                        + "\"user\":{\"username\":\"alice@example.com\"},\"sourceIPs\":[\"10.0.0.1\"],\"userAgent\":\"kubectl\","
                        + "\"objectRef\":{\"resource\":\"pods\",\"namespace\":\"default\",\"name\":\"web\",\"apiGroup\":\"core\","
                        + "\"apiVersion\":\"v1\"},\"responseStatus\":{\"status\":\"Created (inferred)\","
                        + "\"message\":\"Created (inferred)\",\"code\":201},\"requestObject\":{\"kind\":\"Pod\"},"
                        + "\"responseObject\":{\"kind\":\"Pod\",\"status\":{}},\"requestReceivedTimestamp\":\"2024-05-01T10:00:01.5Z\","
                        + "\"stageTimestamp\":\"2024-05-01T10:00:01.5Z\",\"annotations\":{\"authorization.k8s.io/decision\":\"allow\","
                        + "\"project_id\":\"p\",\"cluster_name\":\"prod\",\"location\":\"eu\"}}");
        String push =
                "{\"message\":{\"data\":\"%s\",\"messageId\":\"7\"},\"subscription\":\"projects/p/subscriptions/s\"}"
                        .formatted(Base64.getEncoder().encodeToString(GKE.getBytes(UTF_8)));
        assertThat(Pieces.of(format, push).documents()).isEqualTo(pieces.documents());
    }

    @Test
    void convertsAnExecOfGke() throws Exception {
        String body = GKE.replace("pods/web\"", "pods/web/exec\"").replace("pods.create", "pods.exec.create");
        assertThat(Pieces.of(format, body).documents().getFirst())
                .contains("\"stage\":\"ResponseStarted\"", "\"subresource\":\"exec\"", "\"code\":101");
        assertThat(Pieces.of(format, GKE.replace("\"k8s.io\"", "\"container.googleapis.com\""))
                        .events())
                .isEmpty();
    }

    /// Logs of real clusters.
    @Test
    void readsEveryLogThatIsThere() throws Exception {
        try (Stream<Path> files = Files.walk(Shared.required("data/k8s-audit"))) {
            for (Path file : files.filter(K8sAuditFormatTest::isLog).toList()) {
                Pieces pieces = Pieces.of(format, Files.readAllBytes(file));
                assertThat(pieces.events()).as(file.toString()).isNotEmpty();
                assertThat(pieces.malformed()).as(file.toString()).isEmpty();
            }
        }
    }

    private static boolean isLog(Path file) {
        boolean broken = file.getFileName().toString().startsWith("fal_"); // on purpose
        return (!broken && file.toString().endsWith(".json")) || file.toString().endsWith(".log");
    }
}
