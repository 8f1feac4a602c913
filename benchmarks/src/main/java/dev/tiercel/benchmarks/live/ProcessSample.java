package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What a process and each of its threads have used since they started, as /proc has it.
///
/// @param takenAt of [System#nanoTime]
/// @param cpuNanos of all threads, those that have ended included; in steps of 10 ms
/// @param residentBytes VmRSS
/// @param threads by thread id
record ProcessSample(long takenAt, long cpuNanos, long residentBytes, Map<Integer, ThreadSample> threads) {
    /// USER_HZ, which is 100 on every architecture the probe runs on.
    static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

    /// @param name comm: at most 15 bytes
    /// @param cpuNanos exact where the kernel has schedstat, else in ticks
    /// @param wakeUps voluntary context switches: how often it went to sleep
    record ThreadSample(String name, long cpuNanos, long wakeUps) {
        /// Empty if the thread has ended.
        static Optional<ThreadSample> tryRead(Path folder) {
            try {
                return Optional.of(read(folder));
            } catch (IOException ended) {
                return Optional.empty();
            }
        }

        private static ThreadSample read(Path folder) throws IOException {
            String stat = Files.readString(folder.resolve("stat"));
            Path schedstat = folder.resolve("schedstat");
            OptionalLong exact =
                    Files.exists(schedstat) ? schedstatNanos(Files.readString(schedstat)) : OptionalLong.empty();
            String status = Files.readString(folder.resolve("status"));
            return new ThreadSample(
                    comm(stat), exact.orElseGet(() -> statNanos(stat)), status(status, "voluntary_ctxt_switches"));
        }
    }

    /// Reads `folder`, such as `/proc/4711`; a thread that ends meanwhile is left out.
    ///
    /// @throws IOException if there is no such process
    static ProcessSample read(Path folder) throws IOException {
        List<Path> tasks;
        try (Stream<Path> listed = Files.list(folder.resolve("task"))) {
            tasks = listed.toList();
        }
        Map<Integer, ThreadSample> threads = new HashMap<>();
        for (Path task : tasks) {
            ThreadSample.tryRead(task)
                    .ifPresent(thread ->
                            threads.put(Integer.parseInt(task.getFileName().toString()), thread));
        }
        long cpu = statNanos(Files.readString(folder.resolve("stat")));
        long resident = status(Files.readString(folder.resolve("status")), "VmRSS") * 1024;
        return new ProcessSample(System.nanoTime(), cpu, resident, threads);
    }

    /// The name in /proc/…/stat, which may contain blanks and brackets.
    static String comm(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    }

    /// utime + stime of /proc/…/stat.
    static long statNanos(String stat) {
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])) * TICK_NANOS;
    }

    /// Time on a processor; empty if the kernel does not count it.
    static OptionalLong schedstatNanos(String schedstat) {
        String first = schedstat.strip().split(" ", -1)[0];
        return first.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(first));
    }

    /// A number of /proc/…/status, without its unit; 0 if it is not there, as the memory of a kernel thread.
    static long status(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(key.length() + 1).strip().split(" ", -1)[0]))
                .findFirst()
                .orElse(0);
    }
}
