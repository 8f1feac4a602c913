/// The rule language: rules files in, [dev.tiercel.rules.RuleSet] or [dev.tiercel.rules.Diagnostic]s out, and the
/// evaluation of events.
///
/// Pure: no Kafka, no threads, no files, no clock. Entry type: [dev.tiercel.rules.RuleCompiler].
@NullMarked
package dev.tiercel.rules;

import org.jspecify.annotations.NullMarked;
