/// Semantic analysis: expands lists and macros, resolves names, checks types, and lowers conditions to
/// [dev.tiercel.rules.ir.Ir]. Entry type: [dev.tiercel.rules.check.Checker].
@NullMarked
package dev.tiercel.rules.check;

import org.jspecify.annotations.NullMarked;
