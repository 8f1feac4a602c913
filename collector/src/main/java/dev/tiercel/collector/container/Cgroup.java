package dev.tiercel.collector.container;

import org.jspecify.annotations.Nullable;

/// A cgroup and the container it belongs to.
///
/// @param id inode of the cgroup; 0: unknown
/// @param path from the root of its hierarchy; empty: unknown
/// @param container null: the host's
public record Cgroup(long id, String path, @Nullable ContainerEntry container) {
    public static final Cgroup UNKNOWN = new Cgroup(0, "", null);
}
