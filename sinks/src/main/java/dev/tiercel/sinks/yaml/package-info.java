/// Reads a sinks file: typed values with positions, secrets.
///
/// Entry type: [dev.tiercel.sinks.yaml.Section].
@NullMarked
package dev.tiercel.sinks.yaml;

import org.jspecify.annotations.NullMarked;
