package dev.tiercel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Breaks parts of a stack at random, one after the other, and looks each time whether alerts were lost or doubled.
final class Chaos {
    private static final List<String> SERVICES = List.of("detector", "kafka", "registry", "collector", "enricher");

    /// Each time as likely as all others.
    private static final List<Fault> FAULTS = faults();

    private static final long APART_NANOS = 500_000_000;

    private final ComposeStack stack;
    private final RandomGenerator random;
    private final Duration hold;
    /// By what happened meanwhile.
    private final Map<String, List<Duration>> latencies = new TreeMap<>();

    private int swaps;

    private enum Kind {
        KILL,
        PAUSE,
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
        /// Whether a collector ends, which then has not seen what happens meanwhile.
        private boolean endsCollector() {
            return service.equals("collector") && (kind == Kind.KILL || kind == Kind.RESTART);
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " " + service;
        }
    }

    private static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault(Kind.ROLL, "detector"), new Fault(Kind.SWAP, "rules"), new Fault(Kind.FILL, "kafka")));
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
    /// @throws AssertionError if an alert is missing, or came twice
    String round() {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        try (AlertWatch watch = new AlertWatch(stack.client("owner"))) {
            Marks before = marks(fault);
            before.make(10);
            before.awaitEachOnce(watch); // what a collector has in memory goes with it
            Marks during = marks(fault);
            long from = System.nanoTime();
            suffer(fault, during);
            stack.awaitHealthy(SERVICES);
            double healthy = (System.nanoTime() - from) / 1e9;
            during.make(10);
            note("nothing", before.awaitEachOnce(watch));
            List<Duration> suffered = during.awaitEachOnce(watch);
            note(fault.toString(), suffered);
            return "%-20s healthy after %.1f s; %d alerts, %s"
                    .formatted(fault, healthy, suffered.size(), words(suffered));
        } catch (AssertionError broken) {
            throw new AssertionError(fault + ": " + broken.getMessage(), broken);
        }
    }

    private Marks marks(Fault fault) {
        return fault.service().equals("enricher") ? Marks.inAuditLog(stack.auditLog()) : Marks.onThisMachine();
    }

    private void note(String meanwhile, List<Duration> more) {
        latencies.computeIfAbsent(meanwhile, what -> new ArrayList<>()).addAll(more);
    }

    /// Of all rounds: how long alerts took, by what happened meanwhile.
    String report() {
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
                during(fault, marks);
            }
            case RESTART -> {
                stack.compose("restart", fault.service());
                during(fault, marks);
            }
            case PAUSE -> {
                String container = one(fault.service());
                stack.docker("pause", container);
                held(marks);
                stack.docker("unpause", container);
            }
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

    private String one(String service) {
        List<String> containers = stack.containers(service);
        return containers.get(random.nextInt(containers.size()));
    }

    private void roll(Fault fault, Marks marks) {
        for (String container : stack.containers(fault.service())) {
            stack.docker("restart", container);
            during(fault, marks);
            stack.awaitHealthy(List.of(fault.service()));
        }
    }

    private void swap(Marks marks) {
        try {
            Path rules = Files.createTempDirectory("tiercel-rules");
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

    private static void during(Fault fault, Marks marks) {
        if (fault.endsCollector()) {
            marks.makeUnwatched(10);
        } else {
            marks.make(10);
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
