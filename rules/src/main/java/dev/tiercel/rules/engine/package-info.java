/// Rules that compiled, and their evaluation by generated code or by closures. Entry types:
/// [dev.tiercel.rules.engine.RuleIndex] when a rule set is built, [dev.tiercel.rules.engine.Evaluator] for events.
@NullMarked
package dev.tiercel.rules.engine;

import org.jspecify.annotations.NullMarked;
