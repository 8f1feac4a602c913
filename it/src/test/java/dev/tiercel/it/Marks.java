package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads of the shadow file that can be told apart, each of which must raise its alert, once: the guarantee of the
/// pipeline, whatever happens to its parts.
final class Marks {
    private static final Duration LIMIT = Duration.ofMinutes(2);

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
    /// @return how many alerts there are
    int awaitEachOnce(AlertLog log) {
        Map<String, Integer> alerts = new TreeMap<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int seen = 0; !complete(alerts) && System.nanoTime() < end; ) {
            int next = log.mark();
            log.since(seen).forEach(alert -> count(alert, alerts));
            seen = next;
        }
        for (int mark = 0; mark < count; mark++) {
            String name = mark(mark);
            int least = unwatched.contains(name) ? 0 : 1;
            assertThat(alerts.getOrDefault(name, 0)).as(name).isBetween(least, 1);
        }
        return alerts.size();
    }

    private boolean complete(Map<String, Integer> alerts) {
        for (int mark = 0; mark < count; mark++) {
            if (!alerts.containsKey(mark(mark)) && !unwatched.contains(mark(mark))) return false;
        }
        return true;
    }

    private void count(AlertLog.Seen alert, Map<String, Integer> alerts) {
        String command = alert.field("proc.cmdline");
        int from = command.indexOf(series);
        if (from >= 0) alerts.merge(command.substring(from, command.indexOf(' ', from)), 1, Integer::sum);
    }
}
