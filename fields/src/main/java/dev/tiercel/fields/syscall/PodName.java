package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pod and the container of a process, by name, as the runtime has told, or else the API server.
///
/// @param cluster empty: unknown
/// @param uid empty: unknown
/// @param container its name in the pod; empty: unknown
record PodName(String cluster, String namespace, String name, String uid, String container) {
    private static final String CONTAINER_NAME = "io.kubernetes.container.name";

    /// That of the event's process; null: it is in none, or its name is not known.
    static @Nullable PodName of(CurrentEvent event) {
        ContainerView container = event.container();
        if (container == null) return null;
        KubernetesObject pod = event.pod();
        Map<String, String> labels = container.labels();
        String name = labels.getOrDefault(KubernetesFields.POD_NAME, pod == null ? "" : pod.getName());
        String namespace = labels.getOrDefault(KubernetesFields.POD_NAMESPACE, pod == null ? "" : pod.getNamespace());
        if (name.isEmpty() || namespace.isEmpty()) return null;
        String uid = event.podUid();
        return new PodName(
                pod == null ? "" : pod.getCluster(),
                namespace,
                name,
                uid == null ? "" : uid,
                labels.getOrDefault(CONTAINER_NAME, named(pod, container.fullId())));
    }

    private static String named(@Nullable KubernetesObject pod, String id) {
        if (pod == null) return "";
        return pod.getContainers().stream()
                .filter(container -> container.getId().equals(id))
                .map(KubernetesContainer::getName)
                .findFirst()
                .orElse("");
    }
}
