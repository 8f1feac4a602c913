/// From the probe's ring to the topic `events.syscall`: [Collector], configured by [CollectorConfig].
///
/// [CollectorCycle] is the duty cycle: drain, translate, batch, publish. The order of the packages, each of which
/// imports only those after it:
/// ```
/// collector → translate, publish → batch → node → container
///           → capture
/// ```
/// Imports kevent, schemas and service only.
@NullMarked
package dev.tiercel.collector;

import org.jspecify.annotations.NullMarked;
