/// The outputs of rules: parsing, checking, rendering. Entry types: [dev.tiercel.rules.output.OutputChecker] when
/// rules are loaded, [dev.tiercel.rules.output.OutputFormat] when they match.
@NullMarked
package dev.tiercel.rules.output;

import org.jspecify.annotations.NullMarked;
