/// Reads the values of events from a row, and compiles the predicates applied to them. Knows nothing about rules.
@NullMarked
package dev.tiercel.rules.match;

import org.jspecify.annotations.NullMarked;
