/// Formats rules files, and edits them. Entry types: [dev.tiercel.ruletools.format.RulesFormat],
/// [dev.tiercel.ruletools.format.Promotion].
@NullMarked
package dev.tiercel.ruletools.format;

import org.jspecify.annotations.NullMarked;
