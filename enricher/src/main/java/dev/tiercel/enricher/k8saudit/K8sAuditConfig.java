package dev.tiercel.enricher.k8saudit;

import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.service.Settings;

/// Settings of Kubernetes audit logs.
///
/// @param cluster name of the cluster; empty: the one in the envelope
public record K8sAuditConfig(String cluster, HttpAccess access) {
    /// Reads the keys `enricher.k8s-audit.*`.
    public static K8sAuditConfig from(Settings settings) {
        return new K8sAuditConfig(
                settings.text(
                        "enricher.k8s-audit.cluster",
                        "",
                        "Name of the cluster, which becomes the origin of its events (empty: what EKS, AKS or GKE call it)."),
                HttpAccess.pushed(settings, "k8s-audit"));
    }
}
