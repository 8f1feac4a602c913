/// The intermediate representation of conditions, its rewritings, and the event types that can satisfy one. Entry
/// type: [dev.tiercel.rules.ir.Ir].
@NullMarked
package dev.tiercel.rules.ir;

import org.jspecify.annotations.NullMarked;
