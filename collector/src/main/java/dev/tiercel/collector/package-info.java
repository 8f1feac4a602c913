/// From the probe's ring to the topic `events.syscall`: [Collector], set up by [CollectorConfig].
///
/// [CollectorCycle] is the work, one call of `doWork` at a time: drain, translate, batch, publish. Imports kevent,
/// schemas and service only.
@NullMarked
package dev.tiercel.collector;

import org.jspecify.annotations.NullMarked;
