package dev.tiercel.benchmarks.live;

/// What happens to a detector.
enum RecoveryCase {
    /// Killed, and started again on its state directory.
    RESTART,
    /// Killed; another is started on an empty directory.
    ELSEWHERE,
    /// Killed beside another that has a copy of its state.
    STANDBY,
    /// Stopped by SIGTERM beside another that has a copy of its state.
    HANDOVER;

    boolean hasStandby() {
        return this == STANDBY || this == HANDOVER;
    }
}
