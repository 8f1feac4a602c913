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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Deeds that can be told apart, each of which must raise its alert, once: the guarantee of the pipeline, whatever
/// happens to its parts.
final class Marks {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 20_000_000;

    private final String series = "series-" + Long.toHexString(System.nanoTime());
    private final Pattern pattern = Pattern.compile(series + "-\\d+-");
    private final Set<String> unwatched = new HashSet<>();
    private final Consumer<String> deed;
    private int count;

    private Marks(Consumer<String> deed) {
        this.deed = deed;
    }

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
        for (int last = count + times; count < last; count++) deed.accept(mark(count));
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
            Matcher mark = pattern.matcher(arrival.alert().json().path("output").asText());
            if (mark.find()) {
                alerts.computeIfAbsent(mark.group(), first -> new ArrayList<>()).add(arrival.latency());
            }
        }
        return alerts;
    }
}
