/// Maps cgroups to containers and describes these: [ContainerDirectory]. A container's identity comes from the cgroup
/// path at once, name and image from the engine's socket a little later, account names from its own passwd file. Knows
/// nothing of processes, records or Kafka; imports no other package of the
/// collector.
@NullMarked
package dev.tiercel.collector.container;

import org.jspecify.annotations.NullMarked;
