package dev.tiercel.collector.node;

import dev.tiercel.collector.container.ContainerEntry;
import org.jspecify.annotations.Nullable;

/// A cgroup and the container it belongs to.
///
/// @param id inode of the cgroup
/// @param path from the root of its hierarchy; empty: unknown
/// @param container null: the host's
public record Cgroup(long id, String path, @Nullable ContainerEntry container) {
    static final Cgroup UNKNOWN = new Cgroup(0, "", null);
}
