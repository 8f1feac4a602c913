/// Audit logs of Kubernetes: as API servers write them, and in the envelopes of EKS, AKS and GKE.
///
/// Entry type: [dev.tiercel.enricher.k8saudit.K8sAuditFormat].
@NullMarked
package dev.tiercel.enricher.k8saudit;

import org.jspecify.annotations.NullMarked;
