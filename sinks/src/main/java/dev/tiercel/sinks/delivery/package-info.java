/// Delivers alerts until they have arrived or were given up, and commits.
///
/// Entry type: [dev.tiercel.sinks.delivery.RunningOutput].
@NullMarked
package dev.tiercel.sinks.delivery;

import org.jspecify.annotations.NullMarked;
