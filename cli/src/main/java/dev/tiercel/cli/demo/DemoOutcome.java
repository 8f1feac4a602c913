package dev.tiercel.cli.demo;

import java.time.Duration;
import java.util.Optional;

/// What came of an action.
///
/// @param alert of its rule about its container; empty: none in time
record DemoOutcome(DemoAction action, Optional<DemoAlert> alert) {
    /// From the system call (of a correlation the last one) until the alert was read; 0 without an alert.
    long millis() {
        return alert.map(came -> Math.max(
                        0, Duration.between(came.time(), came.arrived()).toMillis()))
                .orElse(0L);
    }
}
