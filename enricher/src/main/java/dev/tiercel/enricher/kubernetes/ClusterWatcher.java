package dev.tiercel.enricher.kubernetes;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Keeps the records of one cluster on `context.kubernetes` equal to the cluster, whatever happens to the API server,
/// to Kafka or to this process: at its start it reads the topic, and only differences are written.
///
/// While the API server is away the topic stays as it was. Memory is bounded by the number of objects: of each a
/// digest, its id and its version.
public final class ClusterWatcher implements Component {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 1_000;

    private final String cluster;
    private final KubernetesClient client;
    private final ClusterChanges changes;
    private final ClusterTopic topic;
    private final List<KindInformer<?>> informers;
    private final Worker worker;
    private final LongAdder written = new LongAdder();
    private volatile int objects;
    private volatile @Nullable String trouble;

    /// @param kafka settings of Kafka's clients
    /// @throws IllegalArgumentException if the kubeconfig cannot be read, with a message for users
    public ClusterWatcher(
            KubernetesConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        this(config, connection(config), kafka, registry, metrics, InstantSource.system());
    }

    ClusterWatcher(
            KubernetesConfig config,
            Config connection,
            Map<String, String> kafka,
            SchemaRegistry registry,
            Metrics metrics,
            InstantSource clock) {
        cluster = config.cluster();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(connection)
                        .withRequestRetryBackoffLimit(0) // the informers try again, and health says why
                        .build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        changes = new ClusterChanges(config.linger(), clock);
        topic = new ClusterTopic(cluster, kafka, registry);
        informers = Arrays.stream(ObjectKind.values())
                .<KindInformer<?>>map(kind -> KindInformer.of(cluster, kind, client, changes))
                .toList();
        worker = new Worker("kubernetes-" + cluster, CLOSE_LIMIT);
        addTo(metrics);
    }

    private void addTo(Metrics metrics) {
        metrics.counterOf(
                "enricher.kubernetes.records",
                "Records written to context.kubernetes.",
                written::sum,
                "cluster",
                cluster);
        metrics.counterOf(
                "enricher.kubernetes.failures",
                "Lists and watches that failed.",
                () -> informers.stream().mapToLong(KindInformer::failures).sum(),
                "cluster",
                cluster);
        metrics.gauge(
                "enricher.kubernetes.objects", "Objects on context.kubernetes.", () -> objects, "cluster", cluster);
    }

    private static Config connection(KubernetesConfig config) {
        if (config.kubeconfig().isEmpty()) return Config.autoConfigure(null);
        File file = new File(config.kubeconfig());
        if (!file.canRead()) {
            throw new IllegalArgumentException(
                    "enricher.kubernetes.kubeconfig: cannot read " + file + ": no such file, or not allowed");
        }
        return Config.fromKubeconfig(file);
    }

    @Override
    public String name() {
        return "kubernetes " + cluster;
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Returns at once: neither Kafka nor the API server has to be there.
    @Override
    public void start() {
        worker.start(this::work);
        informers.forEach(KindInformer::start);
    }

    private void work() throws InterruptedException {
        while (!attempt(topic::open)) TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        while (!worker.closing()) {
            ClusterChanges.Due due = changes.take(WAIT);
            due.listings().forEach(this::missing);
            if (!attempt(() -> written.add(topic.write(due.objects())))) {
                changes.giveBack(due.objects());
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
            objects = topic.size();
        }
    }

    /// What the topic has and the cluster has not is gone.
    private void missing(ClusterChanges.Listing listing) {
        for (String key : topic.keys(listing.prefix())) {
            if (!listing.keys().contains(key)) changes.gone(key, listing.lingers());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /// Whether Kafka and the registry answered.
    private boolean attempt(Step step) throws InterruptedException {
        try {
            step.run();
            trouble = null;
            return true;
        } catch (KafkaException | RegistryException failure) {
            trouble = PlainCause.of(failure);
            return false;
        }
    }

    @Override
    public Health check() {
        Health health = worker.check();
        String current = trouble;
        if (current != null) {
            health = health.and(
                    Health.failing("Kafka does not take the objects of cluster %s: %s".formatted(cluster, current)));
        }
        for (KindInformer<?> informer : informers) {
            health = health.and(informer.check());
        }
        return health.and(Health.ok("%d objects of cluster %s".formatted(objects, cluster)));
    }

    @Override
    public void close() {
        informers.forEach(KindInformer::close);
        worker.close();
        client.close();
        topic.close();
    }
}
