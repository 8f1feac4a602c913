package dev.tiercel.fields.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class K8sAuditFieldsTest {

    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "ka.uri.param", List.of("command", "container", "tty", "dryRun", "state", "absent"),
            "ka.req.volume.hostpath", List.of("/etc", "/var*", "/proc"),
            "ka.req.binding.subject.has_name", List.of("bob"));

    private final DocumentRows rows = new DocumentRows("k8s_audit");

    @Test
    void everyFieldOfOurEvents() throws IOException {
        StringBuilder out = new StringBuilder();
        for (String line : resource("/k8s-audit/events.jsonl").lines().toList()) {
            if (line.startsWith("//")) {
                out.append('#').append(line.substring(2)).append('\n');
            } else {
                rows.lines(line, ARGUMENTS)
                        .forEach(field -> out.append(field.replace("\n", "\\n")).append('\n'));
                out.append('\n');
            }
        }
        Golden.check("k8s-audit.txt", out.toString());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(K8sAuditFieldsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # one container without an image makes the list unknown; its index does not
            ka.req.pod.containers.image        | {"containers":[{"image":"a"},{"name":"b"}]}   |
            ka.req.pod.containers.image[0]     | {"containers":[{"image":"a"},{"name":"b"}]}   | (a)
            ka.req.pod.containers.image[1]     | {"containers":[{"image":"a"},{"name":"b"}]}   |
            ka.req.pod.containers.image[2]     | {"containers":[{"image":"a"},{"name":"b"}]}   |
            ka.req.container.image             | {"containers":[{"image":"a"},{"name":"b"}]}   | a
            ka.req.container.image             | {"containers":[]}                             |
            ka.req.container.privileged        | {"containers":[{"name":"b"}]}                 | false
            ka.req.container.privileged        | {"containers":[{"securityContext":{"privileged":"true"}}]} | false
            ka.req.container.privileged        | {"volumes":[]}                                |
            ka.req.pod.containers.image.repository | {"containers":[{"image":"r:5000/a:1"},{"image":"b@sha256:1"},{"image":"c:1@x"}]} | (r,b,c)
            # flags: those that are there
            ka.req.pod.containers.privileged   | {"containers":[{},{"securityContext":{"privileged":true}}]} | (true)
            ka.req.pod.containers.privileged[0] | {"containers":[{},{"securityContext":{"privileged":true}}]} |
            ka.req.pod.containers.privileged[1] | {"containers":[{},{"securityContext":{"privileged":true}}]} | (true)
            ka.req.pod.containers.privileged   | {"containers":{"securityContext":{"privileged":true}}} | (true)
            ka.req.pod.containers.run_as_user  | {"containers":[{"securityContext":{"runAsUser":null}}]} | (null)
            # words
            ka.req.pod.containers.command      | {"containers":[{"command":["a","b c"]},{},{"command":[]}]} | (a b c,)
            ka.req.pod.containers.command      | {"containers":[{"command":["a",1]}]}          |
            ka.req.pod.containers.args         | {"containers":[{"args":"a"}]}                 |
            ka.req.pod.containers.args         | {"containers":[{}]}                           |
            # who a container runs as
            ka.req.pod.containers.eff_run_as_user     | {"containers":[{}]}                    | (0)
            ka.req.pod.containers.eff_run_as_user     | {"securityContext":{"runAsUser":7},"containers":[{},{"securityContext":{"runAsUser":8}}]} | (7,8)
            ka.req.pod.containers.eff_run_as_user[1]  | {"securityContext":{"runAsUser":7},"containers":[{},{"securityContext":{"runAsUser":8}}]} | (8)
            ka.req.pod.containers.eff_run_as_user[2]  | {"securityContext":{"runAsUser":7},"containers":[{},{"securityContext":{"runAsUser":8}}]} |
            ka.req.pod.containers.eff_run_as_group    | {"containers":[{"securityContext":{"runAsUser":8}}]} | (0)
            ka.req.pod.initContainers.eff_run_as_user | {"containers":[{}]}                    |
            # ports: the node's, or else the container's
            ka.req.pod.containers.host_port    | {"containers":[{"ports":[{"hostPort":1,"containerPort":2},{"containerPort":3},{}]},{}]} | (1,3)
            ka.req.pod.containers.host_port[1] | {"containers":[{"ports":[{"hostPort":1}]},{}]} |
            ka.req.pod.containers.host_port    | {"containers":[{"ports":{}}]}                 |
            ka.req.pod.containers.add_capabilities    | {"containers":[{"securityContext":{"capabilities":{"add":["A","B"]}}},{"securityContext":{"capabilities":{"add":["C"]}}}]} | (A,B,C)
            ka.req.pod.containers.add_capabilities[1] | {"containers":[{"securityContext":{"capabilities":{"add":["A","B"]}}},{"securityContext":{"capabilities":{"add":["C"]}}}]} | (C)
            # volumes
            ka.req.pod.volumes.hostpath        | {"volumes":[{"name":"a"},{"hostPath":{"path":"/etc"}}]} | (/etc)
            ka.req.pod.volumes.hostpath[0]     | {"volumes":[{"name":"a"},{"hostPath":{"path":"/etc"}}]} |
            ka.req.pod.volumes.volume_type     | {"volumes":[{"name":"a","secret":{}},{"hostPath":{},"name":"b"}]} | (secret,hostPath)
            ka.req.pod.volumes.volume_type[1]  | {"volumes":[{"name":"a","secret":{}},{"hostPath":{},"name":"b"}]} | (hostPath)
            ka.req.volume.hostpath[/etc]       | {"volumes":[{"name":"a"},{"hostPath":{"path":"/etc/ssl"}}]} | false
            ka.req.volume.hostpath[/etc*]      | {"volumes":[{"name":"a"},{"hostPath":{"path":"/etc/ssl"}}]} | true
            ka.req.volume.hostpath[/etc*]      | {}                                            |
            ka.req.service.ports               | {"ports":[{"port":1}, {"port":2}]}            | ([{"port":1},{"port":2}])
            ka.req.pod.host_network            | {"hostNetwork":null}                          | null
            ka.req.pod.host_network            | {"hostNetwork":"yes"}                         | yes
            ka.req.pod.supplemental_groups     | {"securityContext":{"supplementalGroups":7}}  |
            ka.req.pod.supplemental_groups     | {"securityContext":{"supplementalGroups":[]}} |
            """)
    void ofThePodInTheRequest(String field, String spec, String value) {
        assertThat(rows.text(field, "{\"auditID\":\"1\",\"requestObject\":{\"spec\":" + spec + "}}"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /a?x=1&y=2&x=3  | x | 1
            /a?x=1&y=2      | y | 2
            /a?x            | x | ''
            /a?x=%2Fb+c     | x | /b c
            /a?%78=1        | x | 1
            /a?x=%C3%A9     | x | é
            /a?x=a=b        | x | a=b
            /a?x=1#y=2      | y |
            /a?x=%2         | x |
            /a?x=%zz        | x |
            /a%zz?x=1       | x |
            /a?y=1;x=2      | y |
            /a?             | x |
            /x              | x |
            /a?x=1?y=2      | x | 1?y=2
            """)
    void parametersOfTheUri(String uri, String name, String value) {
        assertThat(rows.text("ka.uri.param[" + name + "]", "{\"auditID\":\"1\",\"requestURI\":\"" + uri + "\"}"))
                .isEqualTo("''".equals(value) ? "" : value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ka.target.pod.name | {"objectRef":{"resource":"pods","name":"a"}}                    |
            ka.target.pod.name | {"objectRef":{"resource":"pods"},"responseObject":{"metadata":{"name":"b"}}} | b
            ka.target.pod.name | {"objectRef":{"resource":"pods","subresource":""},"responseObject":{"metadata":{"name":"b"}}} | b
            ka.target.pod.name | {"objectRef":{"resource":"pods","subresource":"exec"},"responseObject":{"metadata":{"name":"b"}}} |
            ka.target.pod.name | {"objectRef":{"resource":"nodes"},"responseObject":{"metadata":{"name":"b"}}} |
            ka.user.groups     | {"user":{"groups":"a"}}                                         |
            ka.user.groups     | {"user":{"groups":["a",{"b": 1}]}}                              | (a,{"b":1})
            ka.sourceips       | {"sourceIPs":["192.0.2.1","192.0.2.2"]}                         | (192.0.2.1,192.0.2.2)
            ka.sourceips[1]    | {"sourceIPs":["192.0.2.1","192.0.2.2"]}                         | (192.0.2.2)
            ka.sourceips[2]    | {"sourceIPs":["192.0.2.1","192.0.2.2"]}                         |
            ka.response.code   | {"responseStatus":{"code":404}}                                 | 404
            ka.req.binding.subjects.user_names | {"requestObject":{}}                            |
            ka.req.binding.subjects.user_names | {"requestObject":{"subjects":[{"kind":"User"}]}} |
            ka.req.role.rules.verbs            | {"requestObject":{"rules":[{"verbs":["a"]},{},{"verbs":["b","c"]}]}} | (a,b,c)
            ka.req.role.rules.verbs[0]         | {"requestObject":{"rules":[{"verbs":["a"]},{},{"verbs":["b","c"]}]}} | (a)
            ka.req.role.rules.verbs[1]         | {"requestObject":{"rules":[{"verbs":["a"]},{},{"verbs":["b","c"]}]}} |
            ka.cluster.name    | {"annotations":{"cluster_name":"a"}}                            | a
            evt.time.iso8601   | {"requestReceivedTimestamp":"2026-01-02T03:04:05.000006Z"}      | 2026-01-02T03:04:05.000006000+0000
            evt.plugininfo     | {"a": [ 1 ]}                                                    | {"auditID":"1","a":[1]}
            evt.pluginname     | {}                                                              | k8saudit
            json.value[/a/0/b] | {"a":[{"b":"c"}]}                                               | c
            json.value[/a]     | {"a":[{"b": null}]}                                             | [{"b":null}]
            json.value[/a]     | {"a":null}                                                      | null
            jevt.value[/b~1c]  | {"b/c":1.50}                                                    | 1.50
            jevt.value[/b]     | {"a":null}                                                      |
            """)
    void ofTheEvent(String field, String members, String value) {
        String document = "{\"auditID\":\"1\"" + (members.equals("{}") ? "" : ",") + members.substring(1);
        assertThat(rows.text(field, document)).isEqualTo(value);
    }

    @Test
    void theWholeEventIsIndented() {
        String document = "{\"a\":[1,{}, [ ]],\"b\":{\"c\":\"x:{\\\"\"}}";

        assertThat(rows.text("json.obj", document))
                .isEqualTo("{\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\": {\n    \"c\": \"x:{\\\"\"\n  }\n}");
        assertThat(rows.text("jevt.obj", document)).isEqualTo(rows.text("json.obj", document));
    }

    @Test
    void theHeaderIsEnoughForWhatItHas() {
        FieldSlots slots = FieldSlots.of(Stream.of("ka.verb", "ka.user.name", "ka.cluster.name", "jevt.rawtime")
                .map(name ->
                        new FieldReference(FieldCatalog.complete().find(name).orElseThrow(), ""))
                .toList());
        DocumentRow row = new DocumentRow("k8s_audit", slots, ZoneOffset.UTC);
        row.event(new SourceEvent(
                "1", 12L, "k8s_audit", "prod", "alice", "get", ByteBuffer.wrap("not JSON".getBytes(UTF_8)), 0L));

        assertThat(List.of(0, 1, 2, 3)).extracting(row::text).containsExactly("get", "alice", "prod", "12");
    }

    /// Real events: every field can be read, and the essential ones are there.
    @Test
    void readsRealEvents() throws IOException {
        List<String> events = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Shared.required("data/k8s-audit"))) {
            for (Path file : files.filter(K8sAuditFieldsTest::holdsEvents).toList()) {
                events.addAll(events(Files.readString(file)));
            }
        }

        assertThat(events).hasSizeGreaterThan(60).allSatisfy(event -> {
            assertThat(rows.lines(event, ARGUMENTS)).hasSizeGreaterThan(8);
            for (String field : List.of("ka.auditid", "ka.stage", "ka.verb", "ka.user.name", "ka.uri")) {
                assertThat(rows.text(field, event)).as(field).isNotBlank();
            }
        });
    }

    /// All but one file, of `{"kind": 0}`.
    private static boolean holdsEvents(Path file) {
        return file.toString().matches(".*\\.(json|log)") && !file.endsWith("fal_01_003.json");
    }

    /// A file is an event, an event a line, or envelopes of Azure with events in texts.
    private static List<String> events(String file) {
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        JsonDocument document = new JsonDocument();
        List<String> values = text.strip().lines().allMatch(line -> line.startsWith("{"))
                ? text.strip().lines().toList()
                : List.of(text);
        List<String> events = new ArrayList<>();
        for (String value : values) {
            byte[] json = value.getBytes(UTF_8);
            document.read(json, 0, json.length);
            int records = document.pointer("/records");
            for (int record = document.firstChild(records); record >= 0; record = document.next(record)) {
                events.add(
                        Objects.requireNonNull(document.text(document.at(record, JsonPath.of("properties", "log")))));
            }
            String log = document.text(document.pointer("/properties/log"));
            if (records < 0) {
                events.add(log == null ? value : log);
            }
        }
        return events;
    }
}
