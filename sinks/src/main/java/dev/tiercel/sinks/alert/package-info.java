/// An alert as receivers see it: its fields by name, as Falco's JSON, in templates.
///
/// Entry type: [dev.tiercel.sinks.alert.AlertView].
@NullMarked
package dev.tiercel.sinks.alert;

import org.jspecify.annotations.NullMarked;
