package dev.tiercel.benchmarks.live;

import java.util.Locale;

/// Which process of ours is measured.
enum CostMode {
    /// All in one.
    UP,
    /// The collector alone, its broker being elsewhere.
    COLLECT,
    NEITHER;

    /// Its name on the command line.
    String command() {
        return name().toLowerCase(Locale.ROOT);
    }
}
