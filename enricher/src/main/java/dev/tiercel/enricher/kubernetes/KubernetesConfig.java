package dev.tiercel.enricher.kubernetes;

import dev.tiercel.service.Settings;
import java.time.Duration;

/// Which cluster is watched, and how.
///
/// @param cluster its name, in every record; empty: none is watched
/// @param kubeconfig file that says how to reach it; empty: as kubectl finds it, or the pod's service account
/// @param linger how long the record of an object outlives it
public record KubernetesConfig(String cluster, String kubeconfig, Duration linger) {
    private static final String CLUSTER = "enricher.kubernetes.cluster";

    /// Reads the `enricher.kubernetes.*` keys.
    public static KubernetesConfig from(Settings settings) {
        String cluster = settings.text(
                CLUSTER,
                "",
                "Watches a Kubernetes cluster for `context.kubernetes`, and calls it this (empty: watches none).");
        if (cluster.indexOf('/') >= 0) settings.problem(CLUSTER, "must not contain /");
        return new KubernetesConfig(
                cluster,
                settings.text(
                        "enricher.kubernetes.kubeconfig",
                        "",
                        "How to reach the cluster (empty: KUBECONFIG, ~/.kube/config or the pod's service account)."),
                settings.duration(
                        "enricher.kubernetes.linger",
                        Duration.ofMinutes(5),
                        "How long `context.kubernetes` keeps what the cluster has deleted, for events that come late."));
    }

    /// Whether a cluster is watched.
    public boolean watches() {
        return !cluster.isEmpty();
    }
}
