package dev.tiercel.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.function.Predicate;

/// CPU time and allocated memory of some threads since they started.
record ThreadCost(long cpuNanos, long allocatedBytes) {
    /// Summed over the live threads whose name `wanted` accepts.
    static ThreadCost of(Predicate<String> wanted) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long nanos = 0;
        long bytes = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && wanted.test(thread.getThreadName())) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
                bytes += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return new ThreadCost(nanos, bytes);
    }

    /// Of the calling thread.
    static ThreadCost ofThis() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new ThreadCost(threads.getCurrentThreadCpuTime(), threads.getCurrentThreadAllocatedBytes());
    }

    ThreadCost since(ThreadCost earlier) {
        return new ThreadCost(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
    }
}
