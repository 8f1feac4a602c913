/// The rule language: rules files in, [dev.tiercel.rules.RuleSet] or [dev.tiercel.rules.Diagnostic]s out, and the
/// evaluation of events.
///
/// Pure: no Kafka, no threads, no files, no clock. Entry type: [dev.tiercel.rules.RuleCompiler], which calls the
/// stages:
/// `source`, `syntax`, `yaml`, `ir`, `match`, `check`, `output`, `engine`. Each knows those before it, none of those
/// after it.
@NullMarked
package dev.tiercel.rules;

import org.jspecify.annotations.NullMarked;
