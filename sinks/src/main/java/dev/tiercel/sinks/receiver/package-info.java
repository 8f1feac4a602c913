/// The places that alerts go to: what each must do, and those that there are.
///
/// Entry type: [dev.tiercel.sinks.receiver.Receiver].
@NullMarked
package dev.tiercel.sinks.receiver;

import org.jspecify.annotations.NullMarked;
