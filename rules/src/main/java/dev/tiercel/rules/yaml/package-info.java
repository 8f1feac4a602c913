/// Parses rules files to items (rules, macros, lists, exceptions, requirements) with overrides applied. Entry type:
/// [dev.tiercel.rules.yaml.RulesReader], which fills [dev.tiercel.rules.yaml.Definitions].
@NullMarked
package dev.tiercel.rules.yaml;

import org.jspecify.annotations.NullMarked;
