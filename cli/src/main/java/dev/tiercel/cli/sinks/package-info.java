/// Commands on sinks: run them, check a sinks file, try an output.
///
/// Entry types: [dev.tiercel.cli.sinks.SinkFile], [dev.tiercel.cli.sinks.SinksCommand].
@NullMarked
package dev.tiercel.cli.sinks;

import org.jspecify.annotations.NullMarked;
