/// Reads a sinks file
///
/// Entry type: [ typed values with positions, secrets.:dev.tiercel.sinks.yaml.Section].
@NullMarked
package dev.tiercel.sinks.yaml;

import org.jspecify.annotations.NullMarked;
