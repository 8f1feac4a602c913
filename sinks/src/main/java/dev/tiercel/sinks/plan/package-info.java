/// A sinks file, read and checked
///
/// Entry type: [ its outputs and routes.:dev.tiercel.sinks.plan.SinksFile].
@NullMarked
package dev.tiercel.sinks.plan;

import org.jspecify.annotations.NullMarked;
