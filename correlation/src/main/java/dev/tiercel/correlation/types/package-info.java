/// What each type of correlation looks for among the matches of a key. Door:
/// [dev.tiercel.correlation.types.Automata].
@NullMarked
package dev.tiercel.correlation.types;

import org.jspecify.annotations.NullMarked;
