package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Breaks parts of a stack at random, one after the other, and looks each time whether alerts were doubled, or lost
/// without a word.
final class Chaos {
    private static final List<String> SERVICES = List.of("detector", "kafka", "registry", "collector", "enricher");

    /// Each time as likely as all others.
    private static final List<Fault> FAULTS = faults();

    private static final long APART_NANOS = 500_000_000;

    /// So many marks, as fast as they can be made, are more than a paused collector has room for.
    private static final int FLOOD = 1_000;

    private final ComposeStack stack;
    private final RandomGenerator random;
    private final Duration hold;
    /// By what happened meanwhile.
    private final Map<String, List<Duration>> latencies = new TreeMap<>();

    /// Of all rounds so far.
    private final List<Marks> made = new ArrayList<>();

    private int swaps;

    private enum Kind {
        KILL,
        PAUSE,
        /// A pause in which more happens than the collector has room for.
        FLOOD,
        DISCONNECT,
        RESTART,
        /// One after the other, each once the one before is healthy.
        ROLL,
        /// Other rules are published.
        SWAP,
        /// No room is left on the disk.
        FILL
    }

    private record Fault(Kind kind, String service) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " " + service;
        }
    }

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault(Kind.ROLL, "detector"),
                new Fault(Kind.SWAP, "rules"),
                new Fault(Kind.FILL, "kafka"),
                new Fault(Kind.FLOOD, "collector")));
        for (Kind kind : List.of(Kind.KILL, Kind.PAUSE, Kind.DISCONNECT, Kind.RESTART)) {
            for (String service : SERVICES) faults.add(new Fault(kind, service));
        }
        return faults;
    }

    /// @param hold how long a part is paused or without network
    Chaos(ComposeStack stack, RandomGenerator random, Duration hold) {
        this.stack = stack;
        this.random = random;
        this.hold = hold;
    }

    /// One round: marks before, during and after a fault.
    ///
    /// @return a line of the report
    /// @throws AssertionError if an alert is missing of which no collector says that it may have been lost, or came
    ///     twice
    String round() {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        try (AlertWatch watch = new AlertWatch(stack.client("owner"))) {
            Marks before = marks(fault);
            before.make(10);
            before.awaitEachOnce(watch); // what a collector has in memory goes with it
            Marks during = marks(fault);
            Instant start = Instant.now();
            suffer(fault, during);
            stack.awaitHealthy(SERVICES);
            Duration healthy = Duration.between(start, Instant.now());
            during.make(10);
            note("nothing", before.awaitEachOnce(watch));
            List<Duration> suffered = during.awaitEach(watch, stack::losses);
            note(fault.toString(), suffered);
            return "%-20s healthy after %.1f s; %d of %d alerts, %s%s"
                    .formatted(
                            fault,
                            healthy.toMillis() / 1e3,
                            suffered.size(),
                            during.count(),
                            words(suffered),
                            said(fault, start));
        } catch (AssertionError broken) {
            throw new AssertionError(fault + ": " + broken.getMessage(), broken);
        }
    }

    /// What the collector says that it lost, of a fault that is meant to make it lose.
    private String said(Fault fault, Instant start) {
        if (fault.kind() != Kind.FLOOD) return "";
        long lost = stack.losses().since(start);
        assertThat(lost).as("records that the collector says it lost").isPositive();
        return "; the collector says that it lost %d records".formatted(lost);
    }

    private Marks marks(Fault fault) {
        Marks marks = fault.service().equals("enricher") ? Marks.inAuditLog(stack.auditLog()) : Marks.onThisMachine();
        made.add(marks);
        return marks;
    }

    private void note(String meanwhile, List<Duration> more) {
        latencies.computeIfAbsent(meanwhile, what -> new ArrayList<>()).addAll(more);
    }

    /// Of all rounds: how long alerts took, by what happened meanwhile.
    ///
    /// @throws AssertionError if an alert of any round came twice by now
    String report() {
        try (AlertWatch watch = new AlertWatch(stack.client("owner"))) {
            Marks last = Marks.onThisMachine();
            last.make(1);
            last.awaitEachOnce(watch); // then what came before has been read
            made.forEach(marks -> marks.requireNoneTwice(watch));
        }
        return latencies.entrySet().stream()
                .map(meanwhile -> "%-20s %d alerts, %s"
                        .formatted(meanwhile.getKey(), meanwhile.getValue().size(), words(meanwhile.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String words(List<Duration> latencies) {
        List<Long> sorted = latencies.stream().map(Duration::toMillis).sorted().toList();
        if (sorted.isEmpty()) return "none";
        return "p50 %d ms, p99 %d ms, longest %d ms"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
                        sorted.getLast());
    }

    private void suffer(Fault fault, Marks marks) {
        switch (fault.kind()) {
            case KILL -> {
                stack.crash(one(fault.service()));
                marks.make(10);
            }
            case RESTART -> {
                stack.compose("restart", fault.service());
                marks.make(10);
            }
            case PAUSE -> paused(fault, () -> held(marks));
            case FLOOD -> paused(fault, () -> marks.makeFast(FLOOD));
            case DISCONNECT -> {
                String container = one(fault.service());
                stack.docker("network", "disconnect", stack.network(), container);
                held(marks);
                stack.docker("network", "connect", "--alias", fault.service(), stack.network(), container);
            }
            case ROLL -> roll(fault, marks);
            case SWAP -> swap(marks);
            case FILL -> fill(marks);
        }
    }

    private void paused(Fault fault, Runnable meanwhile) {
        String container = one(fault.service());
        stack.docker("pause", container);
        meanwhile.run();
        stack.docker("unpause", container);
    }

    private String one(String service) {
        List<String> containers = stack.containers(service);
        return containers.get(random.nextInt(containers.size()));
    }

    private void roll(Fault fault, Marks marks) {
        for (String container : stack.containers(fault.service())) {
            stack.docker("restart", container);
            marks.make(10);
            stack.awaitHealthy(List.of(fault.service()));
        }
    }

    private void swap(Marks marks) {
        try {
            Path rules = stack.directory("rules");
            Files.writeString(rules.resolve("swap.yaml"), "- list: swap_%d\n  items: []\n".formatted(++swaps));
            Machine.run(List.of("chmod", "-R", "a+rX", rules.toString()));
            marks.make(5);
            stack.compose(
                    "run", "--rm", "-v", rules + ":/rules:ro", "rules", "--with-default-rules", "--rules", "/rules");
            marks.make(5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(Marks marks) {
        try {
            stack.disk().fill(Integer.MAX_VALUE);
            held(marks);
            stack.disk().free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Slowly: the ring of a collector that is paused holds so many for a minute.
    private void held(Marks marks) {
        long end = System.nanoTime() + hold.toNanos();
        while (System.nanoTime() < end) {
            marks.make(1);
            LockSupport.parkNanos(APART_NANOS);
        }
    }
}
