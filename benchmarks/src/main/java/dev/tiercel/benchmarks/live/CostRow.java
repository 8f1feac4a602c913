package dev.tiercel.benchmarks.live;

import java.util.Optional;

/// What was measured at one rate of opens.
///
/// @param rate as it was asked for: a number, `max`, or `idle`
/// @param opens that were made, a second
/// @param ours empty if only the other process is measured
/// @param beside empty if there is no other process
record CostRow(String rate, double opens, Optional<Ours> ours, Optional<ProcessUse> beside) {
    /// Rate of a load that does nothing: no opens, and no markers either.
    static final String IDLE = "idle";

    /// Of Tiercel.
    ///
    /// @param events records taken from the ring, a second
    /// @param lost records lost in the kernel
    /// @param dropped records lost in the collector
    /// @param markers that were opened; those that became alerts are in `latencies`
    record Ours(ProcessUse use, double events, long lost, long dropped, long markers, Latencies latencies) {}

    boolean isAtRest() {
        return rate.equals(IDLE) || rate.equals("0");
    }
}
