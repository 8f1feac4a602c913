package dev.tiercel.fields.kubernetes;

import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The objects of `context.kubernetes`: the pod of a container, its namespace, controllers and services.
///
/// One thread writes, any may read. A reader sees each object as it was written, and after a change of [#version] all
/// that was written before. Objects given to it must not be changed.
public final class KubernetesIndex {
    private static final int SHORT_ID = 12;

    /// A pod is three owners deep at most: job, cron job; replica set, deployment, and what controls that.
    private static final int MOST_OWNERS = 4;

    private static final String POD = "Pod";
    private static final String NAMESPACE = "Namespace";
    private static final String SERVICE = "Service";

    private final Map<String, KubernetesObject> byUid = new ConcurrentHashMap<>();

    /// By whole id and by its first 12 characters.
    private final Map<String, KubernetesObject> podsByContainer = new ConcurrentHashMap<>();

    private final Map<String, KubernetesObject> namespaces = new ConcurrentHashMap<>();

    /// By cluster and namespace: uid to service.
    private final Map<String, Map<String, KubernetesObject>> services = new ConcurrentHashMap<>();

    private final ExecIndex execs;

    private volatile long version;

    /// An index without objects.
    public KubernetesIndex() {
        this(InstantSource.system());
    }

    /// An index without objects.
    ///
    /// @param clock by which old requests to enter pods are forgotten
    public KubernetesIndex(InstantSource clock) {
        execs = new ExecIndex(clock, ExecIndex.MOST);
    }

    /// Takes a record of `context.kubernetes`.
    ///
    /// @param key ends with the object's id
    /// @param object null: it is gone
    public void known(String key, @Nullable KubernetesObject object) {
        if (object == null) {
            remove(key.substring(key.lastIndexOf('/') + 1));
        } else {
            put(object);
        }
    }

    /// Adds an object, or replaces it.
    public void put(KubernetesObject object) {
        KubernetesObject before = byUid.put(object.getUid(), object);
        if (before != null) forget(before);
        switch (object.getKind()) {
            case POD -> object.getContainers().forEach(container -> addContainer(container, object));
            case NAMESPACE -> namespaces.put(place(object.getCluster(), object.getName()), object);
            case SERVICE ->
                services.computeIfAbsent(
                                place(object.getCluster(), object.getNamespace()), _ -> new ConcurrentHashMap<>())
                        .put(object.getUid(), object);
            default -> {}
        }
        changed();
    }

    /// Removes the object with this id, if it is there.
    public void remove(String uid) {
        KubernetesObject before = byUid.remove(uid);
        if (before != null) {
            forget(before);
            changed();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void changed() {
        version++;
    }

    private void addContainer(KubernetesContainer container, KubernetesObject pod) {
        podsByContainer.put(container.getId(), pod);
        podsByContainer.put(shortened(container.getId()), pod);
    }

    private void forget(KubernetesObject object) {
        switch (object.getKind()) {
            case POD ->
                object.getContainers().forEach(container -> {
                    podsByContainer.remove(container.getId(), object);
                    podsByContainer.remove(shortened(container.getId()), object);
                });
            case NAMESPACE -> namespaces.remove(place(object.getCluster(), object.getName()), object);
            case SERVICE ->
                services.computeIfPresent(place(object.getCluster(), object.getNamespace()), (_, all) -> {
                    all.remove(object.getUid(), object);
                    return all.isEmpty() ? null : all;
                });
            default -> {}
        }
    }

    private static String shortened(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    private static String place(String cluster, String name) {
        return cluster + "/" + name;
    }

    /// Who entered pods. Written by the thread that writes the objects.
    public ExecIndex execs() {
        return execs;
    }

    /// Changes with each change of the index.
    public long version() {
        return version + execs.version();
    }

    /// Whether there is no object: no cluster is watched.
    public boolean isEmpty() {
        return byUid.isEmpty();
    }

    /// Number of objects.
    public int size() {
        return byUid.size();
    }

    /// The pod of a container.
    ///
    /// @param id whole, or its first 12 characters
    public @Nullable KubernetesObject podOfContainer(String id) {
        return podsByContainer.get(id);
    }

    /// The pod with this id.
    public @Nullable KubernetesObject pod(String uid) {
        KubernetesObject object = byUid.get(uid);
        return object != null && object.getKind().equals(POD) ? object : null;
    }

    /// Whether the pod with this id is known, or that of this container.
    public boolean knows(String podUid, String containerId) {
        return pod(podUid) != null || podOfContainer(containerId) != null;
    }

    /// The namespace of a pod.
    public @Nullable KubernetesObject namespaceOf(KubernetesObject pod) {
        return namespaces.get(place(pod.getCluster(), pod.getNamespace()));
    }

    /// The nearest of this kind among those that control the pod, its controllers' controllers included. Only the chain
    /// has to be known, not the object itself.
    public @Nullable KubernetesOwner ownerOf(KubernetesObject pod, String kind) {
        KubernetesOwner owner = pod.getOwner();
        for (int level = 0; owner != null && level < MOST_OWNERS; level++) {
            if (owner.getKind().equals(kind)) return owner;
            KubernetesObject object = byUid.get(owner.getUid());
            owner = object == null ? null : object.getOwner();
        }
        return null;
    }

    /// The labels of an object; empty: it is not known, or has none.
    public Map<String, String> labels(String uid) {
        KubernetesObject object = byUid.get(uid);
        return object == null ? Map.of() : object.getLabels();
    }

    /// The services whose selector the pod's labels satisfy, by name.
    public List<KubernetesObject> servicesOf(KubernetesObject pod) {
        return services.getOrDefault(place(pod.getCluster(), pod.getNamespace()), Map.of()).values().stream()
                .filter(service -> selects(service, pod))
                .sorted(Comparator.comparing(KubernetesObject::getName))
                .toList();
    }

    private static boolean selects(KubernetesObject service, KubernetesObject pod) {
        Map<String, String> selector = service.getSelector();
        return !selector.isEmpty() && pod.getLabels().entrySet().containsAll(selector.entrySet());
    }
}
