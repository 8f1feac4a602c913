package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// Reads of the shadow file that can be told apart, each of which must raise its alert, once: the guarantee of the
/// pipeline, whatever happens to its parts.
final class Marks {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 20_000_000;

    private final String series = "series-" + Long.toHexString(System.nanoTime());
    private final Set<String> unwatched = new HashSet<>();
    private int count;

    /// Makes so many, each with a number of its own in the command line.
    void make(int times) {
        for (int last = count + times; count < last; count++) {
            Machine.run(List.of("bash", "-c", "grep -c %s /etc/shadow || true".formatted(mark(count))));
        }
    }

    /// Makes so many while no collector may be there to see them.
    void makeUnwatched(int times) {
        for (int mark = count; mark < count + times; mark++) unwatched.add(mark(mark));
        make(times);
    }

    private String mark(int number) {
        return "%s-%d-".formatted(series, number);
    }

    /// Waits until each has raised its alert, and fails if one has not, or more than one.
    ///
    /// @return how long each alert took, from the event to the consumer
    List<Duration> awaitEachOnce(AlertWatch watch) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Map<String, List<Duration>> alerts = alerts(watch);
        while (!complete(alerts) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            alerts = alerts(watch);
        }
        for (int mark = 0; mark < count; mark++) {
            String name = mark(mark);
            int least = unwatched.contains(name) ? 0 : 1;
            assertThat(alerts.getOrDefault(name, List.of()).size()).as(name).isBetween(least, 1);
        }
        return alerts.values().stream().map(List::getFirst).toList();
    }

    private boolean complete(Map<String, List<Duration>> alerts) {
        for (int mark = 0; mark < count; mark++) {
            if (!alerts.containsKey(mark(mark)) && !unwatched.contains(mark(mark))) return false;
        }
        return true;
    }

    /// By mark.
    private Map<String, List<Duration>> alerts(AlertWatch watch) {
        Map<String, List<Duration>> alerts = new TreeMap<>();
        for (AlertWatch.Arrival arrival : watch.arrivals()) {
            String command = arrival.alert().field("proc.cmdline");
            int from = command.indexOf(series);
            if (from < 0) continue;
            String mark = command.substring(from, command.indexOf(' ', from));
            alerts.computeIfAbsent(mark, first -> new ArrayList<>()).add(arrival.latency());
        }
        return alerts;
    }
}
