/// What can be said of rules files and of one rule: the descriptions that `falco -L` prints, and explanations.
@NullMarked
package dev.tiercel.ruletools;

import org.jspecify.annotations.NullMarked;
