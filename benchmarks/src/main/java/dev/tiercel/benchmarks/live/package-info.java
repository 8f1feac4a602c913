/// Measurements of the whole pipeline on the running kernel: what it costs, and how long an alert takes. Entry:
/// [dev.tiercel.benchmarks.live.LiveCost], [dev.tiercel.benchmarks.live.AlertLatency].
@NullMarked
package dev.tiercel.benchmarks.live;

import org.jspecify.annotations.NullMarked;
