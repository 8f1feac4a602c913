package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import dev.tiercel.testkit.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KubernetesFieldsTest {
    private static final String UID = "05869489-8c7f-45dc-9abd-1b1620787bb1";
    private static final String CONTAINER = "2f92446a3fbfd0b7a73457b45e96c75a25c5e44e7b1bcec165712b906551c261";
    private static final String CGROUP = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + UID.replace('-', '_') + ".slice/cri-containerd-" + CONTAINER + ".scope";
    private static final List<String> KEYED = List.of("label[app]", "label[none]");

    private final KubernetesIndex index = new KubernetesIndex();

    private static KubernetesObject.Builder object(String kind, String name, String uid, Map<String, String> labels) {
        return KubernetesObject.newBuilder()
                .setCluster("prod")
                .setKind(kind)
                .setNamespace(kind.equals("Namespace") ? "" : "shop")
                .setName(name)
                .setUid(uid)
                .setLabels(new TreeMap<>(labels))
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of())
                .setSelector(Map.of());
    }

    private static KubernetesObject pod() {
        return pod("10.1.2.3", List.of(new KubernetesContainer("cart", CONTAINER)));
    }

    private static KubernetesObject pod(String ip, List<KubernetesContainer> containers) {
        return object("Pod", "cart-6d4-x2", UID, Map.of("app", "cart", "tier", "web"))
                .setOwner(new KubernetesOwner("ReplicaSet", "cart-6d4", "uid-rs"))
                .setIp(ip)
                .setContainers(containers)
                .build();
    }

    private static KubernetesObject service(String name, String app, String namespace) {
        return object("Service", name, "uid-" + name, Map.of("app", "svc-" + name))
                .setNamespace(namespace)
                .setSelector(Map.of("app", app))
                .build();
    }

    private void cluster() {
        index.put(pod());
        index.put(object("Namespace", "shop", "uid-ns", Map.of("app", "all")).build());
        index.put(object("ReplicaSet", "cart-6d4", "uid-rs", Map.of("app", "rs"))
                .setOwner(new KubernetesOwner("Deployment", "cart", "uid-deployment"))
                .build());
        index.put(object("Deployment", "cart", "uid-deployment", Map.of("app", "deployment"))
                .build());
        index.put(service("front", "cart", "shop"));
        index.put(service("back", "cart", "shop"));
        index.put(service("other", "search", "shop"));
        index.put(service("abroad", "cart", "lab"));
        index.put(object("Service", "headless", "uid-headless", Map.of()).build());
    }

    private SyscallRow rowAt(String cgroup, Map<String, String> labels, String... fields) {
        EventFixture fixture = new EventFixture();
        int container = fixture.container(new ContainerEncoder()
                .id("2f92446a3fbf")
                .fullId(CONTAINER)
                .runtime("containerd")
                .labels(labels));
        int process = fixture.process(
                -1, -1, -1, container, EventFixture.named("sh", 9).set(ProcessAttribute.CGROUP, cgroup));
        fixture.event(EventType.SETSID, process, 0, 0L);
        fixture.paths().noDescriptor();
        BatchCursor cursor = fixture.cursor();
        SyscallRow row = new SyscallRow(slots(fields), index);
        row.batch(cursor);
        assertThat(cursor.next()).isTrue();
        row.event();
        return row;
    }

    private static FieldSlots slots(String... fields) {
        List<FieldReference> references = new ArrayList<>();
        for (String field : fields) references.add(SyscallRowTest.reference(field));
        return FieldSlots.of(references);
    }

    private static List<String> fields(String group) {
        return FieldCatalog.syscall().all().stream()
                .filter(field -> field.name().startsWith(group) && field.supplied())
                .flatMap(field -> field.argument().required()
                        ? KEYED.stream().map(key -> field.name().replaceFirst("label$", key))
                        : List.of(field.name()).stream())
                .toList();
    }

    private String values(String group, Map<String, String> labels) {
        String[] fields = fields(group).toArray(String[]::new);
        SyscallRow row = rowAt(CGROUP, labels, fields);
        StringBuilder dump = new StringBuilder();
        for (int slot = 0; slot < fields.length; slot++) {
            String text = row.text(slot);
            assertThat(row.present(slot)).as(fields[slot]).isEqualTo(text != null);
            if (text != null) dump.append(fields[slot]).append('=').append(text).append('\n');
        }
        return dump.toString();
    }

    @Test
    void fieldsAreThoseOfTheCluster() {
        cluster();
        Golden.check("kubernetes.txt", values("k8s", Map.of()));
    }

    @Test
    void withoutAClusterOnlyTheRuntimeTells() {
        assertThat(values("k8s", Map.of("io.kubernetes.pod.name", "cart", "io.kubernetes.pod.namespace", "shop")))
                .isEqualTo("k8s.pod.name=cart\nk8s.ns.name=shop\n");
    }

    @Test
    void theRuntimeCountsMoreThanTheCluster() {
        cluster();
        SyscallRow row = rowAt(CGROUP, Map.of("io.kubernetes.pod.name", "said"), "k8s.pod.name", "k8smeta.pod.name");
        assertThat(row.text(0)).isEqualTo("said");
        assertThat(row.text(1)).isEqualTo("cart-6d4-x2");
    }

    @Test
    void listsAreLists() {
        cluster();
        SyscallRow row = rowAt(CGROUP, Map.of(), "k8smeta.svc.name", "k8smeta.pod.labels", "k8smeta.svc.label[app]");
        assertThat(row.texts(0)).containsExactly("back", "front");
        assertThat(row.texts(1)).containsExactly("app:cart", "tier:web");
        assertThat(row.texts(2)).containsExactly("svc-back", "svc-front");
    }

    @Test
    void aPodIsFoundByContainerCgroupOrLabel() {
        index.put(pod());
        assertThat(rowAt("/", Map.of(), "k8smeta.pod.name").text(0)).isEqualTo("cart-6d4-x2");
        index.put(pod("10.1.2.3", List.of()));
        assertThat(rowAt("/", Map.of(), "k8smeta.pod.name").text(0)).isNull();
        assertThat(rowAt(CGROUP, Map.of(), "k8smeta.pod.name").text(0)).isEqualTo("cart-6d4-x2");
        assertThat(rowAt("/", Map.of("io.kubernetes.pod.uid", UID), "k8smeta.pod.name")
                        .text(0))
                .isEqualTo("cart-6d4-x2");
        index.remove(UID);
        assertThat(rowAt(CGROUP, Map.of(), "k8smeta.pod.name").text(0)).isNull();
    }

    @Test
    void aValueOfAProcessChangesWithTheCluster() {
        index.put(pod());
        EventFixture fixture = new EventFixture();
        int process = fixture.process(-1, EventFixture.named("sh", 9).set(ProcessAttribute.CGROUP, CGROUP));
        fixture.event(EventType.SETSID, process, 0, 0L);
        fixture.paths().noDescriptor();
        BatchCursor cursor = fixture.cursor();
        byte[] record = cursor.record();
        SyscallRow row = new SyscallRow(slots("k8smeta.pod.ip"), index);
        assertThat(first(row, cursor, record)).isEqualTo("10.1.2.3");
        assertThat(first(row, cursor, record)).isEqualTo("10.1.2.3");
        long token = row.processToken();
        assertThat(first(row, cursor, record)).isEqualTo("10.1.2.3");
        assertThat(row.processToken()).isEqualTo(token);
        index.put(pod("10.9.9.9", List.of()));
        assertThat(first(row, cursor, record)).isEqualTo("10.9.9.9");
        assertThat(row.processToken()).isNotEqualTo(token);
    }

    private static @Nullable String first(SyscallRow row, BatchCursor cursor, byte[] record) {
        row.batch(cursor.wrap(record));
        assertThat(cursor.next()).isTrue();
        row.event();
        return row.text(0);
    }

    @Test
    void anEventAwaitsItsPodUntilTheClusterHasToldOfIt() {
        assertThat(rowAt(CGROUP, Map.of(), "k8smeta.pod.name").awaitsPod())
                .as("no cluster is watched")
                .isFalse();
        index.put(service("front", "cart", "shop"));
        assertThat(rowAt(CGROUP, Map.of(), "k8smeta.pod.name").awaitsPod()).isTrue();
        assertThat(rowAt("/", Map.of("io.kubernetes.pod.uid", UID), "k8s.rs.name")
                        .awaitsPod())
                .isTrue();
        assertThat(rowAt("/", Map.of(), "k8smeta.pod.name").awaitsPod())
                .as("in no pod")
                .isFalse();
        assertThat(rowAt(CGROUP, Map.of(), "proc.name").awaitsPod())
                .as("nothing asks for it")
                .isFalse();
        index.put(pod());
        assertThat(rowAt(CGROUP, Map.of(), "k8smeta.pod.name").awaitsPod()).isFalse();
    }

    @Test
    void anEventOfAProcessAwaitsItsPodNoLongerThanNeeded() {
        index.put(service("front", "cart", "shop"));
        EventFixture fixture = new EventFixture();
        int process = fixture.process(-1, EventFixture.named("sh", 9).set(ProcessAttribute.CGROUP, CGROUP));
        fixture.event(EventType.SETSID, process, 0, 0L);
        fixture.paths().noDescriptor();
        BatchCursor cursor = fixture.cursor();
        byte[] record = cursor.record();
        SyscallRow row = new SyscallRow(slots("k8smeta.pod.ip"), index);
        first(row, cursor, record);
        assertThat(row.awaitsPod()).isTrue();
        index.put(pod());
        first(row, cursor, record);
        assertThat(row.awaitsPod()).isFalse();
    }

    @Test
    void theRuntimeMayHaveToldWhatTheClusterWould() {
        Map<String, String> labels = Map.of("io.kubernetes.pod.name", "said");
        SyscallRow row = rowAt(
                CGROUP,
                labels,
                "k8s.pod.name",
                "k8s.ns.name",
                "k8s.pod.sandbox_id",
                "k8smeta.pod.name",
                "k8s.pod.ip",
                "proc.name");
        assertThat(IntStream.range(0, 6).filter(row::isFromCluster)).containsExactly(1, 3, 4);
        assertThat(IntStream.range(0, 6).filter(row::readsPod)).containsExactly(0, 1, 2, 3, 4);
        assertThat(row.podUid()).isEqualTo(UID);
        assertThat(row.containerId()).isEqualTo(CONTAINER);
    }

    @Test
    void knowsTheCgroupsOfPods() {
        assertThat(PodUid.of(CGROUP)).isEqualTo(UID);
        assertThat(PodUid.of("/kubepods/besteffort/pod" + UID + "/2f92446a3fbf"))
                .isEqualTo(UID);
        assertThat(PodUid.of("/kubepods/burstable/pod7f3a1f0e6d0b4a0f9a557d8f2f1c9b30/2f92446a3fbf"))
                .isEqualTo("7f3a1f0e6d0b4a0f9a557d8f2f1c9b30");
        assertThat(List.of("", "/", "/system.slice/podman.service", "/pod" + UID.substring(1), "/pod" + UID + "0"))
                .allSatisfy(cgroup -> assertThat(PodUid.of(cgroup)).isNull());
    }
}
