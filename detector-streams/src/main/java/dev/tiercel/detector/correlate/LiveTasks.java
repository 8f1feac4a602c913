package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.Standing;
import dev.tiercel.rules.correlation.CorrelationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// How the correlations stand in the tasks of this process, as of each task's last commit. Thread-safe.
final class LiveTasks {
    private static final long SECOND = 1_000_000_000L;

    private final Map<Integer, Standing> byPartition = new ConcurrentHashMap<>();
    private Names listener = (correlations, sources) -> {};
    private List<List<String>> announced = List.of();

    /// Of one correlation, all tasks together.
    ///
    /// @param watermark the least, nanoseconds since the epoch; [Long#MIN_VALUE]: not known
    /// @param behind    nanoseconds, the most
    record Total(
            String name,
            CorrelationType type,
            long keys,
            long bytes,
            long matches,
            long alerts,
            long late,
            long watermark,
            long behind) {
        private static Total of(Standing.OfCorrelation one) {
            return new Total(
                    one.name(),
                    one.type(),
                    one.counts().keys(),
                    one.counts().bytes(),
                    one.counts().matches(),
                    one.counts().alerts(),
                    one.counts().late(),
                    one.watermark(),
                    one.behind());
        }

        private Total with(Total other) {
            return new Total(
                    name,
                    type,
                    keys + other.keys,
                    bytes + other.bytes,
                    matches + other.matches,
                    alerts + other.alerts,
                    late + other.late,
                    Math.min(watermark, other.watermark),
                    Math.max(behind, other.behind));
        }
    }

    /// Is told which correlations and sources there are.
    @FunctionalInterface
    interface Names {
        void are(List<String> correlations, List<String> sources);
    }

    /// `listener` is called whenever they change.
    synchronized void onNames(Names listener) {
        this.listener = listener;
    }

    void put(int partition, Standing standing) {
        byPartition.put(partition, standing);
        announce();
    }

    void remove(int partition) {
        byPartition.remove(partition);
        announce();
    }

    private synchronized void announce() {
        List<String> correlations = totals().stream().map(Total::name).toList();
        List<String> sources = List.copyOf(watermarks().keySet());
        if (List.of(correlations, sources).equals(announced)) return;
        announced = List.of(correlations, sources);
        listener.are(correlations, sources);
    }

    /// Nanoseconds from `watermark` to `now`.
    static long behind(long watermark, Instant now) {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() - watermark;
    }

    /// For the operator: `25 correlations, 12 keys in 3 KiB, syscall 5 s behind`; empty: there is no correlation.
    String summary(Instant now) {
        List<Total> totals = totals();
        if (totals.isEmpty()) return "";
        String state = "%d correlations, %d keys in %d bytes"
                .formatted(
                        totals.size(),
                        totals.stream().mapToLong(Total::keys).sum(),
                        totals.stream().mapToLong(Total::bytes).sum());
        return watermarks().entrySet().stream()
                .map(source -> ", %s %d s behind".formatted(source.getKey(), behind(source.getValue(), now) / SECOND))
                .collect(Collectors.joining("", state, ""));
    }

    /// Partitions of `matches` whose tasks are here.
    List<Integer> partitions() {
        return byPartition.keySet().stream().sorted().toList();
    }

    /// Sorted by name.
    List<Total> totals() {
        Map<String, Total> totals = new TreeMap<>();
        for (Standing standing : byPartition.values()) {
            for (Standing.OfCorrelation one : standing.correlations()) {
                totals.merge(one.name(), Total.of(one), Total::with);
            }
        }
        return new ArrayList<>(totals.values());
    }

    /// The least of each event source that has one, nanoseconds since the epoch; sorted by name.
    Map<String, Long> watermarks() {
        Map<String, Long> least = new TreeMap<>();
        for (Standing standing : byPartition.values()) {
            standing.watermarks().forEach((source, time) -> {
                if (time != Long.MIN_VALUE && source.indexOf(':') < 0) least.merge(source, time, Math::min);
            });
        }
        return least;
    }
}
