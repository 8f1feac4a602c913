/// What the collector knows of its node: [ProcessTable] (processes, lineage, credentials, sessions, descriptors),
/// [CgroupCache]. Entry: [NodeState], which records change and translation reads. One thread; no Kafka, no batches.
@NullMarked
package dev.tiercel.collector.node;

import org.jspecify.annotations.NullMarked;
