/// Unit tests of rules, written in YAML beside them. Entry type: [dev.tiercel.ruletools.testing.RuleTestSuite].
@NullMarked
package dev.tiercel.ruletools.testing;

import org.jspecify.annotations.NullMarked;
