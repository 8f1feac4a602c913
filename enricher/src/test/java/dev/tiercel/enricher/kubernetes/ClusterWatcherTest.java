package dev.tiercel.enricher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.TestBroker;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Timeout(60)
class ClusterWatcherTest {
    private static final SchemaRegistry REGISTRY = new InMemoryRegistry();
    private static final AvroSerde<KubernetesObject> SERDE =
            AvroSerde.of(KubernetesObject.class, REGISTRY, Topics.CONTEXT_KUBERNETES);
    private static final TestBroker BROKER = TestBroker.shared();
    private static final Duration LINGER = Duration.ofMinutes(5);

    private final String cluster = TestBroker.unique("cluster");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Map<String, KubernetesObject> state = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Consumer<byte[], byte[]> consumer = BROKER.consumer(Map.of("auto.offset.reset", "earliest"));
    private ApiServer api;
    private @Nullable ClusterWatcher watcher;
    private int records;

    @BeforeAll
    static void topic() {
        Topics.create(BROKER.admin(), 1, List.of(Topics.CONTEXT_KUBERNETES));
    }

    @BeforeEach
    void open() throws IOException {
        api = new ApiServer();
        List<TopicPartition> only = List.of(new TopicPartition(Topics.CONTEXT_KUBERNETES.name(), 0));
        consumer.assign(only);
        consumer.seekToEnd(only);
        consumer.position(only.getFirst());
    }

    @AfterEach
    void close() {
        stop();
        api.close();
        consumer.close();
    }

    private ClusterWatcher watch() {
        ClusterWatcher created = new ClusterWatcher(
                new KubernetesConfig(cluster, "", LINGER),
                api.connection(),
                Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                REGISTRY,
                new Metrics(),
                now::get);
        created.start();
        watcher = created;
        return created;
    }

    private void stop() {
        if (watcher != null) watcher.close();
        watcher = null;
    }

    /// Reads the topic until the objects of the cluster are as wanted.
    private void await(Predicate<Map<String, KubernetesObject>> wanted) {
        while (!wanted.test(state)) {
            poll();
        }
    }

    private void poll() {
        try {
            consumer.poll(Duration.ofMillis(50)).forEach(this::note);
        } catch (InterruptException late) {
            String health = watcher == null ? "" : watcher.check().detail();
            throw new AssertionError("%d records, %s, %s".formatted(records, state.keySet(), health), late);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(cluster + "/")) return;
        records++;
        if (record.value() == null) {
            state.remove(names.get(key));
        } else {
            KubernetesObject object = SERDE.read(record.value());
            assertThat(key).isEqualTo(cluster + "/" + object.getKind() + "/" + object.getUid());
            object.setUid(""); // the server chooses it
            names.put(key, object.getKind() + "/" + object.getName());
            state.put(names.get(key), object);
        }
    }

    /// Waits until changes are heard of.
    private void awaitWatched(ClusterWatcher watcher) {
        awaitHealth(watcher, health -> health.healthy() && api.watched());
    }

    private static void awaitHealth(ClusterWatcher watcher, Predicate<Health> wanted) {
        while (!wanted.test(watcher.check())) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as(watcher.check().detail())
                    .isFalse();
            Thread.onSpinWait();
        }
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels("app", "cart")
                .addToAnnotations("secret", "no field shows it")
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("cart-6d4")
                .withUid("uid-rs")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .withServiceAccountName("cart")
                .endSpec()
                .withNewStatus()
                .withPodIP("10.1.2.3")
                .addNewInitContainerStatus()
                .withName("init")
                .endInitContainerStatus()
                .addNewContainerStatus()
                .withName("cart")
                .withContainerID("containerd://2f92446a3fbf")
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod moved(Pod pod, String ip) {
        return new PodBuilder(pod).editStatus().withPodIP(ip).endStatus().build();
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addToSelector("app", "cart")
                .endSpec()
                .build();
    }

    @Test
    void publishesWhatFieldsNeedOfEachObject() {
        api.start().put(List.of(pod("a"), service("front")));
        api.put(new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .addToLabels("team", "web")
                .endMetadata()
                .build());
        watch();
        await(objects -> objects.size() == 3);
        assertThat(state)
                .containsEntry("Pod/a", expectedPod())
                .containsEntry(
                        "Service/front",
                        expected("Service", "front")
                                .setSelector(Map.of("app", "cart"))
                                .build())
                .containsEntry(
                        "Namespace/shop",
                        expected("Namespace", "shop")
                                .setNamespace("")
                                .setLabels(Map.of("team", "web"))
                                .build());
    }

    private KubernetesObject expectedPod() {
        return expected("Pod", "a")
                .setLabels(Map.of("app", "cart"))
                .setOwner(new KubernetesOwner("ReplicaSet", "cart-6d4", "uid-rs"))
                .setNode("node-1")
                .setIp("10.1.2.3")
                .setServiceAccount("cart")
                .setContainers(List.of(new KubernetesContainer("cart", "2f92446a3fbf")))
                .build();
    }

    private KubernetesObject.Builder expected(String kind, String name) {
        return KubernetesObject.newBuilder()
                .setCluster(cluster)
                .setKind(kind)
                .setNamespace("shop")
                .setName(name)
                .setUid("")
                .setLabels(Map.of())
                .setOwner(null)
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of())
                .setSelector(Map.of());
    }

    @Test
    void publishesDifferencesOnly() {
        api.start().put(pod("a"));
        ClusterWatcher started = watch();
        await(objects -> objects.containsKey("Pod/a"));
        awaitWatched(started);
        api.put(new PodBuilder(pod("a"))
                .editMetadata()
                .addToAnnotations("more", "that no field shows")
                .endMetadata()
                .build());
        api.put(moved(pod("a"), "10.9.9.9"));
        await(objects -> objects.get("Pod/a").getIp().equals("10.9.9.9"));
        assertThat(records).isEqualTo(2);
    }

    @Test
    void keepsADeletedPodForAWhileButNoService() {
        api.start().put(List.of(pod("a"), service("front")));
        ClusterWatcher started = watch();
        await(objects -> objects.size() == 2);
        awaitWatched(started);
        api.delete(pod("a"));
        api.delete(service("front"));
        await(objects -> !objects.containsKey("Service/front"));
        assertThat(state).containsOnlyKeys("Pod/a");
        now.set(Instant.EPOCH.plus(LINGER).minusMillis(1));
        api.put(service("back"));
        await(objects -> objects.containsKey("Service/back"));
        assertThat(state).containsKey("Pod/a");
        now.set(Instant.EPOCH.plus(LINGER));
        await(objects -> !objects.containsKey("Pod/a"));
    }

    @Test
    void aRestartWritesWhatChangedMeanwhile() {
        api.start().put(List.of(pod("same"), pod("moved"), pod("gone"), service("gone")));
        watch();
        await(objects -> objects.size() == 4);
        stop();
        api.put(List.of(moved(pod("moved"), "10.9.9.9"), pod("new")));
        api.delete(pod("gone"));
        api.delete(service("gone"));
        records = 0;
        watch();
        await(objects -> objects.containsKey("Pod/new")
                && objects.get("Pod/moved").getIp().equals("10.9.9.9")
                && !objects.containsKey("Service/gone"));
        assertThat(state).containsKey("Pod/gone");
        now.set(Instant.EPOCH.plus(LINGER));
        await(objects -> !objects.containsKey("Pod/gone"));
        assertThat(records).isEqualTo(4);
    }

    @Test
    void waitsForAnApiServerThatIsAway() {
        ClusterWatcher started = watch();
        awaitHealth(started, health -> health.detail().startsWith("cluster " + cluster + ": cannot watch "));
        api.start().put(pod("a"));
        await(objects -> objects.containsKey("Pod/a"));
        awaitWatched(started);
    }

    @Test
    void catchesUpAfterTheServerWasAway() {
        api.start().put(List.of(pod("a"), service("front")));
        ClusterWatcher started = watch();
        await(objects -> objects.size() == 2);
        api.stop();
        awaitHealth(started, health -> !health.healthy());
        api.delete(service("front"));
        api.put(pod("b"));
        api.forgetThePast();
        api.start();
        await(objects -> objects.containsKey("Pod/b") && !objects.containsKey("Service/front"));
        awaitWatched(started);
    }

    @Test
    void takesUpAWatchThatTheServerEnded() {
        api.start().put(pod("a"));
        ClusterWatcher started = watch();
        await(objects -> objects.size() == 1);
        awaitWatched(started);
        api.endWatches();
        awaitWatched(started);
        api.put(pod("b"));
        await(objects -> objects.containsKey("Pod/b"));
        awaitWatched(started);
    }

    @Test
    void listsAgainWhenTheVersionIsGone() {
        api.start().put(List.of(pod("a"), pod("b")));
        ClusterWatcher started = watch();
        await(objects -> objects.size() == 2);
        awaitWatched(started);
        int before = api.lists();
        api.forgetThePast();
        api.put(moved(pod("b"), "10.9.9.9"));
        awaitHealth(started, health -> api.lists() > before);
        awaitWatched(started);
        await(objects -> objects.get("Pod/b").getIp().equals("10.9.9.9"));
        assertThat(records).isEqualTo(3);
    }

    @Test
    void saysWhichRightsAreMissing() {
        api.start().put(pod("a"));
        api.refuse(403);
        ClusterWatcher started = watch();
        awaitHealth(started, health -> !health.detail().contains("not listed"));
        assertThat(started.check())
                .isEqualTo(Health.failing("cluster " + cluster
                        + ": not allowed to list and watch pods (403): bind the ClusterRole tiercel-enricher of"
                        + " docs/sources.md to this account"));
        api.refuse(0);
        await(objects -> objects.containsKey("Pod/a"));
        awaitWatched(started);
    }

    @Test
    void resyncsTenThousandPods() {
        List<Pod> pods = IntStream.range(0, 10_000)
                .mapToObj(i -> new PodBuilder(pod("p" + i))
                        .editMetadata()
                        .withUid("uid-" + i)
                        .withResourceVersion("1")
                        .endMetadata()
                        .build())
                .toList();
        api.start().putMany(pods);
        ClusterWatcher started = watch();
        await(objects -> objects.size() == 10_000);
        awaitWatched(started);
        List<Pod> later = new ArrayList<>(pods.subList(1, pods.size()));
        later.set(
                0,
                new PodBuilder(moved(pods.get(1), "10.9.9.9"))
                        .editMetadata()
                        .withResourceVersion("2")
                        .endMetadata()
                        .build());
        api.putMany(later);
        api.forgetThePast();
        await(objects -> objects.get("Pod/p1").getIp().equals("10.9.9.9"));
        awaitWatched(started);
        now.set(Instant.EPOCH.plus(LINGER));
        await(objects -> objects.size() == 9_999);
        assertThat(records).isEqualTo(10_002);
    }
}
