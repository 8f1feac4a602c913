package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.Standing;
import dev.tiercel.rules.correlation.CorrelationType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the correlations stand in the tasks of this process, as of each task's last commit. Thread-safe.
final class LiveTasks {
    private static final long SECOND = 1_000_000_000L;

    private final Map<Integer, Standing> byPartition = new HashMap<>();
    private @Nullable Map<String, Total> totals;
    private Names listener = (correlations, sources) -> {};
    private List<List<String>> announced = List.of();

    /// Of one correlation, all tasks together.
    ///
    /// @param watermark the least, nanoseconds since the epoch; [Long#MIN_VALUE]: not known
    /// @param behind    nanoseconds, the most
    /// @param quarantine of a task that leaves it out; null: none does
    record Total(
            String name,
            CorrelationType type,
            long keys,
            long bytes,
            long matches,
            long alerts,
            long late,
            long watermark,
            long behind,
            @Nullable Quarantine quarantine) {
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
                    one.behind(),
                    one.quarantine());
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
                    Math.max(behind, other.behind),
                    quarantine == null ? other.quarantine : quarantine);
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

    synchronized void put(int partition, Standing standing) {
        Standing before = byPartition.put(partition, standing);
        totals = null;
        if (before == null || !names(before).equals(names(standing))) announce();
    }

    synchronized void remove(int partition) {
        byPartition.remove(partition);
        totals = null;
        announce();
    }

    private static List<List<String>> names(Standing standing) {
        return List.of(
                standing.correlations().stream()
                        .map(Standing.OfCorrelation::name)
                        .toList(),
                sources(standing).keySet().stream().sorted().toList());
    }

    private void announce() {
        List<String> correlations = List.copyOf(byName().keySet());
        List<String> sources = List.copyOf(watermarks().keySet());
        if (List.of(correlations, sources).equals(announced)) return;
        announced = List.of(correlations, sources);
        listener.are(correlations, sources);
    }

    /// Nanoseconds from `watermark` to `now`.
    static long behind(long watermark, Instant now) {
        return Instant.EPOCH.until(now, ChronoUnit.NANOS) - watermark;
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
                        .map(source ->
                                ", %s %d s behind".formatted(source.getKey(), behind(source.getValue(), now) / SECOND))
                        .collect(Collectors.joining("", state, ""))
                + quarantines(totals);
    }

    private static String quarantines(List<Total> totals) {
        return totals.stream()
                .map(Total::quarantine)
                .filter(Objects::nonNull)
                .map(begun -> ", '%s' is left out: %s".formatted(begun.correlation(), begun.text()))
                .collect(Collectors.joining());
    }

    /// Partitions of `matches` whose tasks are here.
    synchronized List<Integer> partitions() {
        return byPartition.keySet().stream().sorted().toList();
    }

    /// Sorted by name.
    synchronized List<Total> totals() {
        return List.copyOf(byName().values());
    }

    /// Of one correlation; null: it is not in force.
    synchronized @Nullable Total total(String correlation) {
        return byName().get(correlation);
    }

    private Map<String, Total> byName() {
        Map<String, Total> known = totals;
        if (known != null) return known;
        Map<String, Total> summed = new TreeMap<>();
        for (Standing standing : byPartition.values()) {
            for (Standing.OfCorrelation one : standing.correlations()) {
                summed.merge(one.name(), Total.of(one), Total::with);
            }
        }
        totals = summed;
        return summed;
    }

    /// The least of each event source that has one, nanoseconds since the epoch; sorted by name.
    synchronized Map<String, Long> watermarks() {
        Map<String, Long> least = new TreeMap<>();
        for (Standing standing : byPartition.values()) {
            sources(standing).forEach((source, time) -> least.merge(source, time, Math::min));
        }
        return least;
    }

    /// The watermarks of event sources that are known.
    private static Map<String, Long> sources(Standing standing) {
        Map<String, Long> known = new HashMap<>(standing.watermarks());
        known.entrySet()
                .removeIf(clock ->
                        clock.getValue() == Long.MIN_VALUE || clock.getKey().indexOf(':') >= 0);
        return known;
    }
}
