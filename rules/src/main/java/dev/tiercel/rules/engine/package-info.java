/// Compiled rules and their evaluation, by generated code or closures. Entry types:
/// [dev.tiercel.rules.engine.RuleIndex] to build, [dev.tiercel.rules.engine.Evaluator] to evaluate.
@NullMarked
package dev.tiercel.rules.engine;

import org.jspecify.annotations.NullMarked;
