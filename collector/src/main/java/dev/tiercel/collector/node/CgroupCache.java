package dev.tiercel.collector.node;

import dev.tiercel.collector.container.CgroupPaths;
import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.collector.container.ContainerDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CgroupCache by inode, the most recently used ones.
final class CgroupCache {
    private static final int CAPACITY = 8192;

    private final ContainerDirectory containers;
    private final Map<Long, Cgroup> byId = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Cgroup> eldest) {
            return size() > CAPACITY;
        }
    };

    CgroupCache(ContainerDirectory containers) {
        this.containers = containers;
    }

    @Nullable
    Cgroup known(long id) {
        return byId.get(id);
    }

    /// The cgroup with this path; its container is looked up if it is new.
    Cgroup learn(long id, String path) {
        Cgroup known = byId.get(id);
        if (known != null && known.path().equals(path)) {
            return known;
        }
        ContainerEntry container =
                CgroupPaths.container(path).map(containers::container).orElse(null);
        Cgroup learnt = new Cgroup(id, path, container);
        if (id != 0) {
            byId.put(id, learnt);
        }
        return learnt;
    }
}
