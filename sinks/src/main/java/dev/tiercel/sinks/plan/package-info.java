/// A sinks file, read and checked: its outputs and routes.
///
/// Entry type: [dev.tiercel.sinks.plan.SinksFile].
@NullMarked
package dev.tiercel.sinks.plan;

import org.jspecify.annotations.NullMarked;
