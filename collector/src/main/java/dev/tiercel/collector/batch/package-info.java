/// Batches that stand alone: [Lane] gathers events, in order, with the processes, ancestors and
/// containers they refer to; [Lanes] has one for each lane.
@NullMarked
package dev.tiercel.collector.batch;

import org.jspecify.annotations.NullMarked;
