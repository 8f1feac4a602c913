/// Which container a process is in, and what its engine says about it: [ContainerIdentity] from the cgroup path at
/// once, [ContainerDescription] from the engine's socket a little later ([ContainerDirectory]). Knows nothing of
/// processes, records or Kafka.
@NullMarked
package dev.tiercel.collector.container;

import org.jspecify.annotations.NullMarked;
