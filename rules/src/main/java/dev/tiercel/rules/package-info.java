/// The rule language: compiles rules files to a [dev.tiercel.rules.RuleSet] or [dev.tiercel.rules.Diagnostic]s, and
/// evaluates events.
///
/// Pure: no Kafka, no threads, no files, no clock. Entry type: [dev.tiercel.rules.RuleCompiler], which calls the
/// stages: `source`, `syntax`, `yaml`, `ir`, `match`, `check`, `output`, `engine`. Each may use those before it,
/// none of those after it.
@NullMarked
package dev.tiercel.rules;

import org.jspecify.annotations.NullMarked;
