/// Conditions for machines, and what can be said of them without an event: cost, scope, possible event types. Entry
/// type:
/// [dev.tiercel.rules.ir.Ir].
@NullMarked
package dev.tiercel.rules.ir;

import org.jspecify.annotations.NullMarked;
