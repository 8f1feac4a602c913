/// The state of the node: processes with lineage, credentials, sessions and descriptors. Entry: [NodeState], which
/// records update and which translation and batches read. Single-threaded; knows nothing of Kafka and batches.
@NullMarked
package dev.tiercel.collector.node;

import org.jspecify.annotations.NullMarked;
