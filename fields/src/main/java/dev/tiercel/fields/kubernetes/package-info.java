/// What is known of Kubernetes clusters, for the fields of events that happened in pods.
///
/// Entry type: [dev.tiercel.fields.kubernetes.KubernetesIndex].
@NullMarked
package dev.tiercel.fields.kubernetes;

import org.jspecify.annotations.NullMarked;
