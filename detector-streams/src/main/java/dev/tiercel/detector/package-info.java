/// The detector: `events.syscall` and `rules` in, `alerts` and `alerts.json` out.
///
/// Entry types: [dev.tiercel.detector.DetectorTopology] (what flows where) and [dev.tiercel.detector.Detector]
/// (runs it). Time is event time: nanoseconds since the epoch by the node's kernel clock. Imports rules,
/// schemas, service.
@NullMarked
package dev.tiercel.detector;

import org.jspecify.annotations.NullMarked;
