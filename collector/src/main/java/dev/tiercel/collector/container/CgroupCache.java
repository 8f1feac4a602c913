package dev.tiercel.collector.container;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The most recently used cgroups, by inode.
final class CgroupCache {
    private static final int CAPACITY = 8192;

    private final ContainerDirectory containers;
    private final Map<Long, Cgroup> byId = ContainerDirectory.lruMap(CAPACITY);

    CgroupCache(ContainerDirectory containers) {
        this.containers = containers;
    }

    /// The cgroup with this inode; null: not cached.
    @Nullable
    Cgroup get(long id) {
        return byId.get(id);
    }

    /// The cgroup with this path; its container is looked up if the path is new.
    Cgroup get(long id, String path) {
        Cgroup known = byId.get(id);
        if (known != null && known.path().equals(path)) {
            return known;
        }
        ContainerEntry container =
                CgroupPaths.container(path).map(containers::container).orElse(null);
        Cgroup cgroup = new Cgroup(id, path, container, false);
        if (id != 0) {
            byId.put(id, cgroup);
        }
        return cgroup;
    }
}
