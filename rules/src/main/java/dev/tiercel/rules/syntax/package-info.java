/// Conditions and transformers as written: tokens, trees, printing. Entry type: [dev.tiercel.rules.syntax.Parser].
@NullMarked
package dev.tiercel.rules.syntax;

import org.jspecify.annotations.NullMarked;
