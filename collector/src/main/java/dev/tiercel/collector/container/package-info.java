/// Maps cgroups to containers ([CgroupCache]) and describes these: their identity from the cgroup path at once, name
/// and image from the engine's socket a little later ([ContainerDirectory], [ContainerEntry]), account names from
/// their passwd files ([AccountNames]). Knows nothing of processes, records or Kafka; imports no other package of the
/// collector.
@NullMarked
package dev.tiercel.collector.container;

import org.jspecify.annotations.NullMarked;
