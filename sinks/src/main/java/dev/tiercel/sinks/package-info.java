/// Delivers alerts to where people look.
///
/// Entry type: [dev.tiercel.sinks.StdoutSink]. A sink reads only committed alerts and knows no rules. Imports
/// schemas, service.
@NullMarked
package dev.tiercel.sinks;

import org.jspecify.annotations.NullMarked;
