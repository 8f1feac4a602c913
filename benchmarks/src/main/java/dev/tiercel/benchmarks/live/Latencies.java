package dev.tiercel.benchmarks.live;

import java.util.List;
import java.util.Locale;

/// Times from a system call to its alert.
///
/// @param nanos in any order; kept ascending
record Latencies(List<Long> nanos) {
    Latencies {
        nanos = nanos.stream().sorted().toList();
    }

    int count() {
        return nanos.size();
    }

    /// The time that a share of them stays below.
    ///
    /// @param quantile from 0 to 1
    /// @return NaN if there is none
    double millis(double quantile) {
        if (nanos.isEmpty()) return Double.NaN;
        int rank = (int) Math.min(nanos.size() - 1L, Math.round(quantile * nanos.size()));
        return nanos.get(rank) / 1e6;
    }

    String text() {
        if (nanos.isEmpty()) return "nothing";
        return String.format(
                Locale.ROOT,
                "n=%d  p50 %.1f ms  p90 %.1f ms  p99 %.1f ms  max %.1f ms",
                count(),
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }
}
