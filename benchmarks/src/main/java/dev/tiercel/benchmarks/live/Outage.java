package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

/// Ends the detector that holds the state and watches until another one raises its alerts. Used once.
final class Outage {
    private static final List<String> STANDBY = List.of("kafka.num.standby.replicas=1");
    private static final int PROBE_ROUNDS = 400;
    private static final int ROUNDS_BEFORE = 10;
    private static final Duration PACE = Duration.ofMillis(200);
    private static final Duration QUIET = Duration.ofSeconds(5);

    /// What a detector may hold in write buffers: `detector.correlations.memory`.
    private static final long UNWRITTEN = 64L << 20;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final DetectorProcesses detectors;
    private final RecoveryProbes probes;
    private final Admin admin;
    private List<String> members = List.of();
    private long ended;
    private long reassigned;
    private long ready;
    private long probed;

    Outage(DetectorProcesses detectors, RecoveryProbes probes, Admin admin) {
        this.detectors = detectors;
        this.probes = probes;
        this.admin = admin;
    }

    /// Seconds after the end of the detector.
    ///
    /// @param reassigned the group is stable without it
    /// @param ready      the one that was started says that its tasks run; NaN: none was started
    /// @param first      the first alert
    /// @param all        alerts through every partition of events and of `matches`
    /// @param heir       the detector that goes on
    record Figures(double reassigned, double ready, double first, double all, DetectorProcesses.Running heir) {}

    /// @throws IllegalStateException if an alert is missing or comes twice
    Figures measure(RecoveryCase what, DetectorProcesses.Running running)
            throws IOException, InterruptedException, ExecutionException {
        DetectorProcesses.Running victim = running;
        DetectorProcesses.Running heir = null;
        if (what.hasStandby()) {
            running.child().close();
            victim = detectors.start(running.state(), STANDBY);
            heir = detectors.start(detectors.fresh(), STANDBY);
            awaitCopy(victim, heir);
        }
        probes.open(PROBE_ROUNDS);
        probes.settle(LIMIT);
        steadily();
        members = victimsOf(what, victim);
        ended = probes.begin();
        if (what == RecoveryCase.HANDOVER) victim.child().terminate();
        else victim.child().kill();
        boolean starts = heir == null;
        if (heir == null) {
            heir = detectors.launch(what == RecoveryCase.RESTART ? victim.state() : detectors.fresh(), List.of());
        }
        watch(heir, starts);
        probes.awaitAll(LIMIT);
        return new Figures(seconds(reassigned), seconds(ready), seconds(probes.first()), seconds(probes.last()), heir);
    }

    /// Until the copy has the size of what it copies, but for what may be in memory, and does not grow.
    private static void awaitCopy(DetectorProcesses.Running original, DetectorProcesses.Running copy)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long before = -1;
        while (before != copy.bytes() || copy.bytes() < original.bytes() * 9 / 10 - UNWRITTEN) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the copy has %,d bytes of %,d".formatted(copy.bytes(), original.bytes()));
            }
            before = copy.bytes();
            Thread.sleep(QUIET);
        }
    }

    /// The detector is at work when it ends.
    private void steadily() {
        for (int round = 0; round < ROUNDS_BEFORE; ) {
            if (probe()) round++;
        }
    }

    private boolean probe() {
        boolean due = System.nanoTime() - probed >= PACE.toNanos();
        if (due) {
            probed = System.nanoTime();
            probes.complete();
        }
        probes.poll();
        return due;
    }

    private void watch(DetectorProcesses.Running heir, boolean starts) throws InterruptedException, ExecutionException {
        while (!probes.everywhere() || reassigned == 0 || (starts && ready == 0)) {
            heir.child().requireAlive();
            if (System.nanoTime() - ended > LIMIT.toNanos()) {
                throw new IllegalStateException("no recovery within " + LIMIT);
            }
            boolean due = probe();
            if (starts && ready == 0 && heir.child().isReady()) ready = System.nanoTime();
            if (due && reassigned == 0 && isReassigned()) reassigned = System.nanoTime();
        }
    }

    private boolean isReassigned() throws InterruptedException, ExecutionException {
        ConsumerGroupDescription group = group();
        return group.groupState() == GroupState.STABLE
                && group.members().stream().map(MemberDescription::consumerId).noneMatch(members::contains);
    }

    /// Members of the group that are to go: all, or those of the one that has a heir.
    private List<String> victimsOf(RecoveryCase what, DetectorProcesses.Running victim)
            throws IOException, InterruptedException, ExecutionException {
        String id = victim.instanceId();
        return group().members().stream()
                .filter(member -> !what.hasStandby()
                        || member.groupInstanceId().orElse("").startsWith(id))
                .map(MemberDescription::consumerId)
                .toList();
    }

    private ConsumerGroupDescription group() throws InterruptedException, ExecutionException {
        return admin.describeConsumerGroups(List.of(CorrelationRecovery.APPLICATION))
                .all()
                .get()
                .values()
                .iterator()
                .next();
    }

    private double seconds(long nanoTime) {
        return nanoTime == 0 ? Double.NaN : (nanoTime - ended) / 1e9;
    }
}
