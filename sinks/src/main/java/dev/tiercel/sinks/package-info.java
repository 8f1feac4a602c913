/// Alerts to where people look.
///
/// Entry type: [dev.tiercel.sinks.StdoutSink]. A sink reads committed alerts only, and never judges. Imports
/// schemas, service.
@NullMarked
package dev.tiercel.sinks;

import org.jspecify.annotations.NullMarked;
