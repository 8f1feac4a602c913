/// Formats rules files. Entry type: [dev.tiercel.ruletools.format.RulesFormat].
@NullMarked
package dev.tiercel.ruletools.format;

import org.jspecify.annotations.NullMarked;
