/// Self-contained batches: a [Lane] gathers events in order, with the processes, ancestors and containers they refer
/// to; [Lanes] picks the lane of an event.
@NullMarked
package dev.tiercel.collector.batch;

import org.jspecify.annotations.NullMarked;
