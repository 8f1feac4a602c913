/// Keeps `context.kubernetes` equal to what a cluster's API server has, with one watcher for each cluster.
///
/// Entry type: [dev.tiercel.enricher.kubernetes.ClusterWatcher]. A [dev.tiercel.enricher.kubernetes.KindInformer] for
/// each kind of object puts what it hears into [dev.tiercel.enricher.kubernetes.ClusterChanges], from where one thread
/// takes it to the [dev.tiercel.enricher.kubernetes.ClusterTopic].
@NullMarked
package dev.tiercel.enricher.kubernetes;

import org.jspecify.annotations.NullMarked;
