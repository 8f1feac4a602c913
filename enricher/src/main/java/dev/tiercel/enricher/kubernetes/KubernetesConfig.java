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
        if (!isName(cluster)) settings.problem(CLUSTER, "must not contain /");
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

    private static boolean isName(String cluster) {
        return cluster.indexOf('/') < 0;
    }

    /// The same for another cluster, `NAME` or `NAME=KUBECONFIG`.
    ///
    /// @throws IllegalArgumentException if it is neither, with a message for users
    public KubernetesConfig watching(String text) {
        int sign = text.indexOf('=');
        String name = sign < 0 ? text : text.substring(0, sign);
        if (name.isEmpty() || !isName(name) || sign == text.length() - 1) {
            throw new IllegalArgumentException(
                    "a cluster is NAME or NAME=KUBECONFIG, and its name has no /, not '" + text + "'");
        }
        return new KubernetesConfig(name, sign < 0 ? kubeconfig : text.substring(sign + 1), linger);
    }

    /// Whether a cluster is watched.
    public boolean watches() {
        return !cluster.isEmpty();
    }
}
