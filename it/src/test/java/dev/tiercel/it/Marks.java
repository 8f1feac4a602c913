package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Deeds that can be told apart, each of which must raise its alert, once, unless a collector has said that it may have
/// lost it: the guarantee of the pipeline, whatever happens to its parts.
final class Marks {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 20_000_000;

    /// Between two questions about losses, each of which starts a container.
    private static final long ASK_NANOS = 10_000_000_000L;

    /// Opens before each read that is made fast: more than the ring of a paused collector holds.
    private static final int OPENS = 200;

    private static final long MICROS = 1_000_000;

    private final String series = "series-" + Long.toHexString(System.nanoTime());
    private final Pattern pattern = Pattern.compile(series + "-\\d+-");
    private final List<Deed> deeds = new ArrayList<>();
    private final Consumer<String> doing;

    private Marks(Consumer<String> doing) {
        this.doing = doing;
    }

    /// What was done, not before `from` and not after `to`.
    record Deed(String mark, Instant from, Instant to) {}

    /// Reads of the shadow file, by a program with the mark in its command line.
    static Marks onThisMachine() {
        return new Marks(mark -> Machine.run(List.of("bash", "-c", "grep -c %s /etc/shadow || true".formatted(mark))));
    }

    /// Lines of an audit log of Kubernetes: a user with the mark in the name lists all secrets.
    static Marks inAuditLog(Path log) {
        return new Marks(mark -> {
            try {
                Files.writeString(log, event(mark), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String event(String user) {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%s","stage":"ResponseComplete",\
                "requestReceivedTimestamp":"%s","stageTimestamp":"%s","verb":"list","requestURI":"/api/v1/secrets",\
                "user":{"username":"%s"},"objectRef":{"resource":"secrets","apiVersion":"v1"},"responseStatus":{"code":200}}
                """.formatted(UUID.randomUUID(), now, now, user);
    }

    /// Makes so many, each with a number of its own.
    void make(int times) {
        for (int i = 0; i < times; i++) {
            String mark = mark(deeds.size());
            Instant from = Instant.now();
            doing.accept(mark);
            deeds.add(new Deed(mark, from, Instant.now()));
        }
    }

    /// Reads the shadow file so often, as fast as a shell can, and opens another file many times before each.
    void makeFast(int times) {
        int first = deeds.size();
        String script = """
                for ((i = %d; i < %d; i++)); do
                    for ((j = 0; j < %d; j++)); do : </etc/hostname; done
                    echo "${EPOCHREALTIME/[.,]/}"
                    grep -c "%s-$i-" /etc/shadow >/dev/null
                    echo "${EPOCHREALTIME/[.,]/}"
                done
                """.formatted(first, first + times, OPENS, series);
        List<Instant> clock = Machine.run(List.of("bash", "-c", script))
                .lines()
                .map(Long::parseLong)
                .map(micros -> Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1_000))
                .toList();
        for (int i = 0; i < times; i++) {
            deeds.add(new Deed(mark(first + i), clock.get(2 * i), clock.get(2 * i + 1)));
        }
    }

    private String mark(int number) {
        return "%s-%d-".formatted(series, number);
    }

    /// Waits until each has raised its alert, and fails if one has not, or more than one.
    ///
    /// @return how long each alert took, from the event to the consumer
    List<Duration> awaitEachOnce(AlertWatch watch) {
        return awaitEach(watch, () -> Losses.NONE);
    }

    /// Waits until each has raised its alert or is accounted for as lost, and fails if one is neither, or has raised
    /// more than one.
    ///
    /// @param losses what collectors have said so far
    /// @return how long each alert took, from the event to the consumer
    List<Duration> awaitEach(AlertWatch watch, Supplier<Losses> losses) {
        long start = System.nanoTime();
        long ask = start + ASK_NANOS;
        List<Deed> missing = missing(watch);
        while (!missing.isEmpty() && System.nanoTime() < start + LIMIT.toNanos()) {
            if (System.nanoTime() > ask) {
                missing = losses.get().unexplained(missing(watch));
                ask = System.nanoTime() + ASK_NANOS;
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
                missing = missing(watch);
            }
        }
        assertThat(missing).as("neither alerted nor said to be lost").isEmpty();
        return requireNoneTwice(watch);
    }

    /// Fails if one has raised more than one alert.
    ///
    /// @return how long each alert took
    List<Duration> requireNoneTwice(AlertWatch watch) {
        Map<String, List<Duration>> alerts = alerts(watch);
        assertThat(alerts).allSatisfy((mark, latencies) -> assertThat(latencies).hasSize(1));
        return alerts.values().stream().map(List::getFirst).toList();
    }

    int count() {
        return deeds.size();
    }

    private List<Deed> missing(AlertWatch watch) {
        Set<String> alerted = alerts(watch).keySet();
        return deeds.stream().filter(deed -> !alerted.contains(deed.mark())).toList();
    }

    /// By mark.
    private Map<String, List<Duration>> alerts(AlertWatch watch) {
        Map<String, List<Duration>> alerts = new TreeMap<>();
        for (AlertWatch.Arrival arrival : watch.arrivals()) {
            Matcher mark = pattern.matcher(arrival.alert().json().path("output").asText());
            if (mark.find()) {
                alerts.computeIfAbsent(mark.group(), first -> new ArrayList<>()).add(arrival.latency());
            }
        }
        return alerts;
    }
}
