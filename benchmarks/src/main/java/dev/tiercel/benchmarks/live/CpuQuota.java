package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A control group whose processes together get a part of one core; version 1 or 2. Needs root.
///
/// Source: Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst of the kernel.
record CpuQuota(Path group) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CpuQuota.class);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String MEMBERS = "cgroup.procs";
    private static final long LIMIT_NANOS = 10_000_000_000L;
    private static final long LOOK_NANOS = 50_000_000;
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
        write(MEMBERS, pid);
    }

    private void write(String file, Object value) throws IOException {
        Files.writeString(group.resolve(file), value.toString());
    }

    /// Removes the group; what its processes have left running goes on without a quota.
    @Override
    public void close() throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        for (boolean gone = false; !gone; ) {
            release();
            try {
                Files.deleteIfExists(group);
                gone = true;
            } catch (FileSystemException busy) { // with a process that is ending
                if (System.nanoTime() > end) throw busy;
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void release() throws IOException {
        for (String pid : Files.readAllLines(group.resolve(MEMBERS))) {
            try {
                Files.writeString(group.resolveSibling(MEMBERS), pid);
            } catch (IOException ended) {
                LOG.debug("process {} has ended", pid, ended);
            }
        }
    }
}
