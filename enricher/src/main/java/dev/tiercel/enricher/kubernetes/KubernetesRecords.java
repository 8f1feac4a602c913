package dev.tiercel.enricher.kubernetes;

import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Objects of an API server as records of `context.kubernetes`. Equal properties give equal records.
final class KubernetesRecords {
    private static final String NO_ADDRESS = "None";

    private KubernetesRecords() {}

    static KubernetesObject of(String cluster, ObjectKind kind, HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        KubernetesObject.Builder record = KubernetesObject.newBuilder()
                .setCluster(cluster)
                .setKind(kind.label())
                .setNamespace(text(meta.getNamespace()))
                .setName(text(meta.getName()))
                .setUid(text(meta.getUid()))
                .setLabels(sorted(meta.getLabels()))
                .setOwner(owner(meta))
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of())
                .setSelector(Map.of());
        switch (object) {
            case Pod pod -> addPod(record, pod.getSpec(), pod.getStatus());
            case Service service -> addService(record, service.getSpec());
            default -> {}
        }
        return record.build();
    }

    private static void addPod(KubernetesObject.Builder record, @Nullable PodSpec spec, @Nullable PodStatus status) {
        if (spec != null) {
            record.setNode(text(spec.getNodeName())).setServiceAccount(text(spec.getServiceAccountName()));
        }
        if (status != null) {
            record.setIp(text(status.getPodIP())).setContainers(containers(status));
        }
    }

    private static void addService(KubernetesObject.Builder record, @Nullable ServiceSpec spec) {
        if (spec != null) {
            String ip = text(spec.getClusterIP());
            record.setIp(ip.equals(NO_ADDRESS) ? "" : ip).setSelector(sorted(spec.getSelector()));
        }
    }

    private static List<KubernetesContainer> containers(PodStatus status) {
        return Stream.of(
                        status.getInitContainerStatuses(),
                        status.getContainerStatuses(),
                        status.getEphemeralContainerStatuses())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(container -> !text(container.getContainerID()).isEmpty())
                .map(container -> new KubernetesContainer(text(container.getName()), id(container)))
                .toList();
    }

    /// `containerd://2f92…` without the runtime's name.
    private static String id(ContainerStatus container) {
        String id = container.getContainerID();
        return id.substring(id.indexOf("//") < 0 ? 0 : id.indexOf("//") + 2);
    }

    private static @Nullable KubernetesOwner owner(ObjectMeta meta) {
        if (meta.getOwnerReferences() == null) return null;
        return meta.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(owner -> new KubernetesOwner(text(owner.getKind()), text(owner.getName()), text(owner.getUid())))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> labels) {
        Map<String, String> sorted = new TreeMap<>();
        if (labels != null) labels.forEach((key, value) -> sorted.put(key, text(value)));
        return sorted;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
