/// Measurements of `tiercel` in processes of its own: on the running kernel what it costs and how long an alert takes;
/// how long there is none after a kill. Entry: [dev.tiercel.benchmarks.live.LiveCost],
/// [dev.tiercel.benchmarks.live.AlertLatency], [dev.tiercel.benchmarks.live.CorrelationRecovery].
@NullMarked
package dev.tiercel.benchmarks.live;

import org.jspecify.annotations.NullMarked;
