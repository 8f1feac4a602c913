package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two instances under load, killed and started again at random, while rules are edited at random: the alerts are
/// those that the reference of this test counted, each once. By `bin/soak` for long, else for a few seconds; what
/// the instances take is printed.
final class CorrelationSoakTest {
    private static final Duration LENGTH = Duration.parse(System.getProperty("tiercel.soak", "PT20S"));
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration MANY = Duration.ofSeconds(60);
    private static final Duration OPEN = Duration.ofSeconds(20);
    private static final int USERS = 50;
    private static final int GETS = 3;
    /// Ticks after its first within which a user does everything.
    private static final int SPAN = 12;

    private static final int MOST_GETS = 7;
    private static final String RULES = """
            - {signal: Read, source: k8s_audit, condition: ka.verb = get}
            - {signal: Opened, source: k8s_audit, condition: ka.verb = create}
            - {signal: Closed, source: k8s_audit, condition: ka.verb = delete}
            - {correlation: Many, desc: many reads, type: event_count, rules: Read, group-by: [ka.user.name],
               timespan: %ds, condition: {gte: %d}, output: "%%ka.user.name OUTPUT", priority: PRIORITY}
            - {correlation: Open, desc: not closed, type: absence, rules: [Opened, Closed], group-by: [ka.user.name],
               timespan: %ds, output: "%%ka.user.name OUTPUT", priority: PRIORITY}
            """.formatted(MANY.toSeconds(), GETS, OPEN.toSeconds());
    private static final String OTHER = """
            - {correlation: Other, desc: distinct users, type: value_count, rules: Read, group-by: [ka.verb],
               timespan: 60s, condition: {gte: NUMBER, field: ka.user.name}, output: other, priority: NOTICE}
            """;

    @TempDir
    private Path folder;

    private final RandomGenerator random =
            Seeds.random(Seeds.seeds(1).findFirst().orElseThrow());
    /// When each user did what, by user and verb, nanoseconds since the epoch: a machine that is busy does things later
    /// than planned.
    private final Map<String, Map<String, List<Long>>> done = new HashMap<>();
    private final Map<String, Set<String>> ids = new HashMap<>();
    /// What the detectors say of themselves.
    private final List<String> internal = new ArrayList<>();
    /// Events to send by tick.
    private final List<List<SourceEvent>> planned = new ArrayList<>();

    private long events;
    private int kills;
    private int edits;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void alertsAreThoseOfTheReference() throws IOException, InterruptedException {
        try (Cluster cluster = new Cluster(folder);
                Producer<byte[], byte[]> producer = cluster.producer();
                Consumer<byte[], byte[]> alerts = cluster.committed(Topics.ALERTS);
                Killed one = new Killed(cluster, folder.resolve("one"));
                Killed two = new Killed(cluster, folder.resolve("two"))) {
            edit(cluster);
            one.start();
            two.start();
            for (int ahead = 0; ahead < SPAN; ahead++) planned.add(new ArrayList<>());
            AvroSerde<SourceEvent> serde =
                    Objects.requireNonNull(cluster.serdes().documents().get("k8s_audit"));
            Instant end = Instant.now().plus(LENGTH);
            int tick = 0;
            for (; Instant.now().isBefore(end); tick++) {
                plan(tick);
                send(producer, serde, tick);
                read(cluster, alerts, TICK);
                disturb(cluster, tick % 2 == 0 ? one : two);
                if (tick % 40 == 0) report(one, two);
            }
            for (int last = tick + SPAN; tick < last; tick++) send(producer, serde, tick);
            awaitAlerts(cluster, producer, serde, alerts);
            report(one, two);
            assertAlerts(cluster);
        }
    }

    /// What new users will do, and what comes of it.
    private void plan(int tick) {
        for (int number = 0; number < USERS; number++) {
            String user = "user-" + tick + "-" + number;
            int gets = random.nextInt(MOST_GETS + 1);
            for (int get = 0; get < gets; get++) at(tick + random.nextInt(SPAN), user, "get", get);
            if (random.nextInt(4) > 0) continue;
            int opened = random.nextInt(SPAN / 2);
            at(tick + opened, user, "create", 0);
            if (random.nextBoolean()) at(tick + opened + 1 + random.nextInt(SPAN / 2 - 1), user, "delete", 0);
        }
    }

    private void at(int tick, String user, String verb, int number) {
        planned.get(tick % SPAN).add(event(user, verb, number));
    }

    private static SourceEvent event(String user, String verb, int number) {
        return AuditEvents.event(user + "/" + verb + "/" + number, 0, user, verb);
    }

    private void send(Producer<byte[], byte[]> producer, AvroSerde<SourceEvent> serde, int tick) {
        List<SourceEvent> due = planned.set(tick % SPAN, new ArrayList<>());
        for (SourceEvent event : due) {
            long now = AuditEvents.now();
            event.setTime(now);
            done.computeIfAbsent(event.getActor(), user -> new HashMap<>())
                    .computeIfAbsent(event.getVerb(), verb -> new ArrayList<>())
                    .add(now);
            event.setReceivedAt(now);
            var _ = producer.send(new ProducerRecord<>(
                    Topics.EVENTS_K8S_AUDIT.name(), Cluster.utf8(event.getId()), serde.write(event)));
            events++;
        }
        producer.flush();
    }

    private void disturb(Cluster cluster, Killed instance) throws IOException, InterruptedException {
        if (random.nextInt(40) == 0) edit(cluster);
        if (random.nextInt(60) == 0) {
            kills++;
            instance.killAndStart();
        }
    }

    /// Edits that keep the windows of the two, and one that restarts or removes another.
    private void edit(Cluster cluster) {
        String rules = RULES.replace("OUTPUT", "did it, edit " + ++edits)
                .replace("PRIORITY", random.nextBoolean() ? "WARNING" : "ERROR");
        cluster.publish(
                random.nextInt(3) == 0 ? rules : rules + OTHER.replace("NUMBER", "" + (20 + random.nextInt(1_000))));
    }

    private void awaitAlerts(
            Cluster cluster,
            Producer<byte[], byte[]> producer,
            AvroSerde<SourceEvent> serde,
            Consumer<byte[], byte[]> alerts) {
        Map<String, Integer> expected = expected();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!counted().equals(expected) && System.nanoTime() < deadline) {
            for (int number = 0; number < 10; number++) {
                planned.getFirst().add(event("clock-" + number, "list", random.nextInt()));
            }
            send(producer, serde, 0);
            read(cluster, alerts, TICK);
        }
        read(cluster, alerts, Duration.ofSeconds(2));
    }

    /// First what explains that alerts are missing.
    private void assertAlerts(Cluster cluster) {
        assertThat(cluster.first(Topics.DEAD_LETTERS, 1, Duration.ofSeconds(1))).isEmpty();
        assertThat(cluster.first(Topics.MATCHES_LATE, 1, Duration.ofSeconds(1))).isEmpty();
        assertThat(internal).isEmpty();
        Map<String, Integer> expected = expected();
        Map<String, Integer> counted = counted();
        assertThat(missing(counted, expected)).isEmpty();
        assertThat(missing(expected, counted)).isEmpty();
    }

    /// By correlation and user.
    private Map<String, Integer> expected() {
        Map<String, Integer> expected = new HashMap<>();
        done.forEach((user, times) -> {
            int many = many(times.getOrDefault("get", List.of()));
            if (many > 0) expected.put("Many " + user, many);
            for (long opened : times.getOrDefault("create", List.of())) {
                if (times.getOrDefault("delete", List.of()).stream().noneMatch(closed -> closes(opened, closed))) {
                    expected.put("Open " + user, 1);
                }
            }
        });
        return expected;
    }

    private static boolean closes(long opened, long closed) {
        return closed > opened && closed - opened <= OPEN.toNanos();
    }

    /// How often so many fit into the timespan, each used once.
    private static int many(List<Long> times) {
        int found = 0;
        List<Long> held = new ArrayList<>();
        for (long time : times) {
            held.removeIf(earlier -> time - earlier > MANY.toNanos());
            held.add(time);
            if (held.size() < GETS) continue;
            found++;
            held.clear();
        }
        return found;
    }

    private static Map<String, Integer> missing(Map<String, Integer> from, Map<String, Integer> wanted) {
        Map<String, Integer> missing = new TreeMap<>(wanted);
        missing.entrySet().removeAll(from.entrySet());
        return missing;
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counts = new HashMap<>();
        ids.forEach((key, found) -> counts.put(key, found.size()));
        return counts;
    }

    /// A revision has the id of the alert that it revises.
    private void read(Cluster cluster, Consumer<byte[], byte[]> alerts, Duration span) {
        long end = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
            alerts.poll(Duration.ofNanos(left)).forEach(record -> {
                Alert alert = cluster.serdes().alerts().read(record.value());
                if (alert.getRule().equals("Other")) return;
                if (alert.getSource().equals("internal")) {
                    internal.add(alert.getOutput());
                    return;
                }
                String key = alert.getRule() + " " + alert.getKey().getFirst();
                boolean isNew = ids.computeIfAbsent(key, any -> new HashSet<>()).add(alert.getId());
                assertThat(isNew).as("%s", alert).isEqualTo(alert.getRevision() == 0);
            });
        }
    }

    private void report(Killed one, Killed two) throws IOException {
        System.out.printf(
                "soak: %,d events, %,d alerts, %d kills, %d edits; resident %,d and %,d MiB, state %,d and %,d KiB%n",
                events,
                ids.values().stream().mapToInt(Set::size).sum(),
                kills,
                edits,
                one.residentMebibytes(),
                two.residentMebibytes(),
                one.stateKibibytes(),
                two.stateKibibytes());
    }
}
