/// An alert as receivers see it
///
/// Entry type: [ its fields by name, as Falco's JSON, in templates.:dev.tiercel.sinks.alert.AlertView].
@NullMarked
package dev.tiercel.sinks.alert;

import org.jspecify.annotations.NullMarked;
