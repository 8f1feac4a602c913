package dev.tiercel.collector.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The hierarchy of cgroups whose inodes the probe reports: the only one of cgroup v2, else memory's, else that of
/// pids.
final class CgroupHierarchy {
    /// Where the host has its hierarchies.
    private static final String MOUNT = "/sys/fs/cgroup/";

    private final Path directory;
    /// Of paths in the hierarchy, as programs of the host write them.
    private final String prefix;

    /// A cgroup that exists.
    ///
    /// @param path from the root of the hierarchy
    record Found(long inode, String path) {}

    private CgroupHierarchy(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    /// @param mount the host's /sys/fs/cgroup, as this process sees it
    static CgroupHierarchy below(Path mount) {
        for (String controller : new String[] {"memory", "pids"}) {
            if (Files.isDirectory(mount.resolve(controller))) {
                return new CgroupHierarchy(mount.resolve(controller), MOUNT + controller);
            }
        }
        return new CgroupHierarchy(mount, MOUNT.substring(0, MOUNT.length() - 1));
    }

    /// The container's cgroup at an absolute path of the host; empty: it is no cgroup, not a container's, or gone.
    Optional<Found> find(String hostPath) {
        if (!hostPath.startsWith(prefix + "/")) {
            return Optional.empty();
        }
        String path = hostPath.substring(prefix.length());
        return CgroupPaths.container(path).flatMap(_ -> inode(path)).map(inode -> new Found(inode, path));
    }

    private Optional<Long> inode(String path) {
        try {
            Object inode = Files.getAttribute(directory.resolve(path.substring(1)), "unix:ino");
            return Optional.of(((Number) inode).longValue());
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
