/// Values of events: how they are read from a row, and how one value is tested against one constant or many. Knows
/// nothing of rules.
@NullMarked
package dev.tiercel.rules.match;

import org.jspecify.annotations.NullMarked;
