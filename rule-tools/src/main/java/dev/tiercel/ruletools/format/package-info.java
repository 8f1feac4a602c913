/// Lays rules files out in one way. Entry type: [dev.tiercel.ruletools.format.RulesFormat].
@NullMarked
package dev.tiercel.ruletools.format;

import org.jspecify.annotations.NullMarked;
