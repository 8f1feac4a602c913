package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A control group whose processes together get a part of one core; version 1 or 2. Needs root.
///
/// Source: Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst of the kernel.
record CpuQuota(Path group) implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 50_000;

    /// @param cores that its processes get, such as 0.3
    /// @throws IOException if control groups are missing, or this is not root
    static CpuQuota of(String name, double cores) throws IOException {
        long quota = Math.round(cores * PERIOD_MICROS);
        Path first = ROOT.resolve("cpu");
        if (Files.isDirectory(first)) {
            CpuQuota made = new CpuQuota(Files.createDirectories(first.resolve(name)));
            made.write("cpu.cfs_period_us", PERIOD_MICROS);
            made.write("cpu.cfs_quota_us", quota);
            return made;
        }
        CpuQuota made = new CpuQuota(Files.createDirectories(ROOT.resolve(name)));
        made.write("cpu.max", quota + " " + PERIOD_MICROS);
        return made;
    }

    /// What the process starts belongs to the group too.
    void add(long pid) throws IOException {
        write("cgroup.procs", pid);
    }

    private void write(String file, Object value) throws IOException {
        Files.writeString(group.resolve(file), value.toString());
    }

    /// Removes the group, which must have no processes any more.
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(group);
    }
}
