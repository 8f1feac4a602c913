package dev.tiercel.enricher.kubernetes;

import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows all objects of one kind, for as long as it takes: whatever the server answers, it is asked again.
///
/// Of each object it remembers id and version only, so that a list after a gap tells what is gone.
final class KindInformer<T extends HasMetadata> implements ResourceEventHandler<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KindInformer.class);
    private static final long PAGE = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final String cluster;
    private final ObjectKind kind;
    private final ClusterChanges changes;
    private final SharedIndexInformer<T> informer;
    private final LongAdder failures = new LongAdder();

    /// Keys heard of before the end of the first list; then null.
    private @Nullable Set<String> first = new HashSet<>();

    private volatile boolean listed;
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    private KindInformer(
            String cluster, ObjectKind kind, Class<T> type, KubernetesClient client, ClusterChanges changes) {
        this.cluster = cluster;
        this.kind = kind;
        this.changes = changes;
        informer = client.resources(type)
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new ReducedStateItemStore<>(
                        ReducedStateItemStore.UID_KEY_STATE, type, client.getKubernetesSerialization()))
                .exceptionHandler((started, failure) -> again(failure))
                .addEventHandler(this);
    }

    static KindInformer<?> of(String cluster, ObjectKind kind, KubernetesClient client, ClusterChanges changes) {
        return new KindInformer<>(cluster, kind, kind.type(), client, changes);
    }

    void start() {
        var _ = informer.start();
    }

    /// Lists and watches that failed.
    long failures() {
        return failures.sum();
    }

    @Override
    public void onAdd(T object) {
        String key = key(object);
        if (first != null) first.add(key);
        changes.present(key, KubernetesRecords.of(cluster, kind, object));
    }

    @Override
    public void onUpdate(T before, T object) {
        onAdd(object);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        String key = key(object);
        if (first != null) first.remove(key);
        changes.gone(key, kind.lingers());
    }

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
        Set<String> keys = first;
        if (keys != null) changes.listed(new ClusterChanges.Listing(kind.prefix(cluster), kind.lingers(), keys));
        first = null;
        listed = true;
        trouble = null;
    }

    private String key(T object) {
        return kind.prefix(cluster)
                + Objects.requireNonNullElse(object.getMetadata().getUid(), "");
    }

    private boolean again(Throwable failure) {
        if (closed) return true;
        failures.increment();
        String reason = reason(unwrapped(failure));
        if (!reason.equals(trouble)) LOG.warn("cluster {}: {}; trying again", cluster, reason);
        trouble = reason;
        return true;
    }

    private String reason(Throwable failure) {
        String objects = kind.label().toLowerCase(Locale.ROOT) + "s";
        int code = failure instanceof KubernetesClientException answered ? answered.getCode() : 0;
        return switch (code) {
            case UNAUTHORIZED -> "the API server does not accept the credentials (401): check the token or certificate";
            case FORBIDDEN ->
                "not allowed to list and watch %s (403): bind the ClusterRole tiercel-enricher of docs/sources.md to this account"
                        .formatted(objects);
            default -> "cannot watch %s: %s".formatted(objects, PlainCause.of(failure));
        };
    }

    /// The answer of the server, or what happened instead of one.
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps = failure instanceof CompletionException
                || (failure instanceof KubernetesClientException answered && answered.getCode() == 0);
        return wraps && cause != null ? unwrapped(cause) : failure;
    }

    /// Failing until the first list is complete, and while a watch cannot be taken up again.
    Health check() {
        String current = trouble;
        if (current != null && listed && informer.isWatching()) {
            trouble = null;
            current = null;
        }
        if (current != null) return Health.failing("cluster " + cluster + ": " + current);
        return listed ? Health.ok() : Health.failing("cluster %s: not listed yet: %s".formatted(cluster, kind.label()));
    }

    @Override
    public void close() {
        closed = true;
        informer.stop();
    }
}
