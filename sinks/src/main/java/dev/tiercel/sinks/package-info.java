/// Delivers alerts to where people look.
///
/// Entry types: [dev.tiercel.sinks.Sinks] and, for what `up` prints, [dev.tiercel.sinks.StdoutSink]. A sink reads only
/// committed alerts; of rules it knows the language of conditions. Imports fields, rules, schemas, service.
@NullMarked
package dev.tiercel.sinks;

import org.jspecify.annotations.NullMarked;
