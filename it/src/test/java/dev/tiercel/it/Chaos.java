package dev.tiercel.it;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Breaks parts of a stack at random, one after the other, and looks each time whether alerts were lost or doubled.
final class Chaos {
    private static final List<String> SERVICES = List.of("detector", "kafka", "registry", "collector");

    private static final long APART_NANOS = 500_000_000;

    private final ComposeStack stack;
    private final RandomGenerator random;
    private final Duration hold;

    /// What happens to a part.
    private enum Fault {
        KILL,
        PAUSE,
        DISCONNECT,
        RESTART
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
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        List<String> containers = stack.containers(service);
        String container = containers.get(random.nextInt(containers.size()));
        String name = fault.name().toLowerCase(Locale.ROOT) + " " + service;
        try (AlertLog log = new AlertLog(stack.client("owner"))) {
            Marks marks = new Marks();
            marks.make(10);
            if (endsCollector(fault, service)) marks.awaitEachOnce(log); // what it has in memory goes with it
            long from = System.nanoTime();
            suffer(fault, service, container, marks);
            stack.awaitHealthy(SERVICES);
            marks.make(10);
            int alerts = marks.awaitEachOnce(log);
            return "%-20s %d alerts, the last %.1f s after the fault"
                    .formatted(name, alerts, (System.nanoTime() - from) / 1e9);
        } catch (AssertionError broken) {
            throw new AssertionError(name + ": " + broken.getMessage(), broken);
        }
    }

    private static boolean endsCollector(Fault fault, String service) {
        return service.equals("collector") && (fault == Fault.KILL || fault == Fault.RESTART);
    }

    private void suffer(Fault fault, String service, String container, Marks marks) {
        boolean unwatched = endsCollector(fault, service);
        switch (fault) {
            case KILL -> {
                stack.crash(container);
                during(unwatched, marks);
            }
            case RESTART -> {
                stack.compose("restart", service);
                during(unwatched, marks);
            }
            case PAUSE -> {
                stack.docker("pause", container);
                held(marks);
                stack.docker("unpause", container);
            }
            case DISCONNECT -> {
                stack.docker("network", "disconnect", stack.network(), container);
                held(marks);
                stack.docker("network", "connect", "--alias", service, stack.network(), container);
            }
        }
    }

    private static void during(boolean unwatched, Marks marks) {
        if (unwatched) {
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
