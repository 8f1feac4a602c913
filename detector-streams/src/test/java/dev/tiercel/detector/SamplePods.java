package dev.tiercel.detector;

import dev.tiercel.schemas.avro.KubernetesObject;
import java.util.List;
import java.util.Map;

/// Pods as a watcher tells of them, and the cgroup of the processes of one.
final class SamplePods {
    static final String UID = "05869489-8c7f-45dc-9abd-1b1620787bb1";
    static final String CGROUP = "/kubepods.slice/kubepods-pod" + UID.replace('-', '_') + ".slice/cri-2f92.scope";

    private SamplePods() {}

    /// Pod `cart-1`.
    static KubernetesObject pod(String uid, String namespace) {
        return KubernetesObject.newBuilder()
                .setCluster("prod")
                .setKind("Pod")
                .setNamespace(namespace)
                .setName("cart-1")
                .setUid(uid)
                .setLabels(Map.of())
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of())
                .setSelector(Map.of())
                .build();
    }
}
