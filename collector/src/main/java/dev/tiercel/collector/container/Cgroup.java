package dev.tiercel.collector.container;

import org.jspecify.annotations.Nullable;

/// A cgroup and the container it belongs to.
///
/// @param id inode of the cgroup; 0: unknown
/// @param path from the root of its hierarchy; empty: unknown
/// @param container null: the host's
/// @param assumed whether path and container are those of the process's cgroup before, since this one is unknown
public record Cgroup(long id, String path, @Nullable ContainerEntry container, boolean assumed) {
    public static final Cgroup UNKNOWN = new Cgroup(0, "", null, false);

    /// An unknown cgroup, until its path is known.
    public static Cgroup assumed(long id, Cgroup before) {
        return new Cgroup(id, before.path, before.container, true);
    }
}
