package dev.tiercel.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Performs actions and waits for their alerts, those of other containers aside. Not thread-safe.
///
/// @param patience longest wait for an alert
record DemoRun(DemoStage stage, AlertFeed alerts, Duration patience) {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration BETWEEN_KNOCKS = Duration.ofSeconds(1);

    /// How much earlier than it was done the pipeline's clock may say that something was.
    private static final Duration SKEW = Duration.ofSeconds(1);

    /// Whether the pipeline sees what is done here: waits until it has said so once, so that neither its reader nor
    /// what the collector asks about a new container is part of what is measured.
    ///
    /// @param limit longest wait
    boolean isWatched(Duration limit) {
        long end = after(limit);
        do {
            DemoStage.Running knock = stage.perform(false, DemoActions.KNOCK);
            long next = after(BETWEEN_KNOCKS);
            while (!knock.ended() || isAhead(next)) {
                if (alerts.poll(STEP).stream().anyMatch(this::isOurs)) return true;
                if (!isAhead(end)) return false;
            }
        } while (isAhead(end));
        return false;
    }

    /// Performs an action; returns when it has ended and its alert is there, or patience is over.
    DemoOutcome perform(DemoAction action) {
        Instant earliest = Instant.now().minus(SKEW);
        long end = after(patience);
        DemoStage.Running running = stage.perform(action.terminal(), action.line());
        Optional<DemoAlert> found = Optional.empty();
        do {
            for (DemoAlert alert : alerts.poll(STEP)) {
                if (found.isEmpty() && alert.rule().equals(action.rule()) && isSince(earliest, alert)) {
                    found = Optional.of(alert);
                }
            }
        } while (isAhead(end) && !(found.isPresent() && running.ended()));
        return new DemoOutcome(action, found);
    }

    private boolean isSince(Instant earliest, DemoAlert alert) {
        return isOurs(alert) && !alert.time().isBefore(earliest);
    }

    private boolean isOurs(DemoAlert alert) {
        return alert.container().equals(stage.container());
    }

    private static long after(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static boolean isAhead(long nanoTime) {
        return nanoTime - System.nanoTime() > 0;
    }
}
