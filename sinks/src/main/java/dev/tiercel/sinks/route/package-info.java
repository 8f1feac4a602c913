/// Decides which alerts an output is given, and which are held back and counted.
///
/// Entry type: [dev.tiercel.sinks.route.Router].
@NullMarked
package dev.tiercel.sinks.route;

import org.jspecify.annotations.NullMarked;
