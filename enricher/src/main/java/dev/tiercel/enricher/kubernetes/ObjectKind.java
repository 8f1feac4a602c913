package dev.tiercel.enricher.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/// The kinds of objects that are watched.
enum ObjectKind {
    NAMESPACE("Namespace", Namespace.class, true),
    NODE("Node", Node.class, true),
    SERVICE_ACCOUNT("ServiceAccount", ServiceAccount.class, true),
    DEPLOYMENT("Deployment", Deployment.class, true),
    REPLICA_SET("ReplicaSet", ReplicaSet.class, true),
    REPLICATION_CONTROLLER("ReplicationController", ReplicationController.class, true),
    SERVICE("Service", Service.class, false),
    POD("Pod", Pod.class, true);

    private final String label;
    private final Class<? extends HasMetadata> type;
    private final boolean lingers;

    ObjectKind(String label, Class<? extends HasMetadata> type, boolean lingers) {
        this.label = label;
        this.type = type;
        this.lingers = lingers;
    }

    /// As Kubernetes writes it: `ReplicaSet`.
    String label() {
        return label;
    }

    Class<? extends HasMetadata> type() {
        return type;
    }

    /// Whether its records outlive the object. Not a service's: it would go on selecting pods.
    boolean lingers() {
        return lingers;
    }

    /// Of the keys of all its objects in `cluster`.
    String prefix(String cluster) {
        return cluster + "/" + label + "/";
    }
}
