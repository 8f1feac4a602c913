package dev.tiercel.benchmarks.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What a process used between two samples of it.
///
/// @param threads those alive at the end
/// @param ended CPU of threads that ended meanwhile, in cores
/// @param residentBytes at the end
record ProcessUse(double seconds, List<ThreadUse> threads, double ended, long residentBytes) {
    /// The process is counted in ticks, user and system time each rounded down at both ends: less is no difference.
    private static final long TOLERANCE_NANOS = 4 * ProcessSample.TICK_NANOS;

    /// @param cores CPU time by time
    /// @param wakeUps a second
    record ThreadUse(String name, PipelinePart part, double cores, double wakeUps) {}

    /// @param names of threads in full, by thread id; others have those of the samples
    static ProcessUse between(ProcessSample before, ProcessSample after, Map<Integer, String> names) {
        double seconds = (after.takenAt() - before.takenAt()) / 1e9;
        List<ThreadUse> threads = new ArrayList<>();
        after.threads().forEach((id, thread) -> {
            ProcessSample.ThreadSample earlier = earlier(before.threads().get(id), thread);
            String name = fullName(names.get(id), thread.name());
            threads.add(new ThreadUse(
                    name,
                    PipelinePart.of(name),
                    (thread.cpuNanos() - earlier.cpuNanos()) / 1e9 / seconds,
                    (thread.wakeUps() - earlier.wakeUps()) / seconds));
        });
        double counted = threads.stream().mapToDouble(ThreadUse::cores).sum() * seconds * 1e9;
        double missing = after.cpuNanos() - before.cpuNanos() - counted;
        return new ProcessUse(
                seconds,
                List.copyOf(threads),
                missing > TOLERANCE_NANOS ? missing / 1e9 / seconds : 0,
                after.residentBytes());
    }

    /// Nothing, if the thread is new or has the id of one that ended.
    private static ProcessSample.ThreadSample earlier(
            ProcessSample.@Nullable ThreadSample before, ProcessSample.ThreadSample after) {
        if (before != null && before.name().equals(after.name()) && before.cpuNanos() <= after.cpuNanos())
            return before;
        return new ProcessSample.ThreadSample(after.name(), 0, 0);
    }

    /// `full` if it is of the thread that has `comm`, and not of one that had its id before.
    private static String fullName(@Nullable String full, String comm) {
        return full != null && (full.startsWith(comm) || full.equals("main")) ? full : comm;
    }

    /// CPU of the whole process, in cores.
    double cores() {
        return sum(thread -> true, ThreadUse::cores) + ended;
    }

    /// CPU of a part, in cores; that of threads that ended is in `OTHER`.
    double cores(PipelinePart part) {
        return sum(thread -> thread.part() == part, ThreadUse::cores) + (part == PipelinePart.OTHER ? ended : 0);
    }

    /// A second, of all threads.
    double wakeUps() {
        return sum(thread -> true, ThreadUse::wakeUps);
    }

    /// A second, of the threads of a part.
    double wakeUps(PipelinePart part) {
        return sum(thread -> thread.part() == part, ThreadUse::wakeUps);
    }

    private double sum(Predicate<ThreadUse> which, ToDoubleFunction<ThreadUse> what) {
        return threads.stream().filter(which).mapToDouble(what).sum();
    }
}
