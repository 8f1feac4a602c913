/// The text of rules files, and problems in it with their positions. Knows no other stage.
@NullMarked
package dev.tiercel.rules.source;

import org.jspecify.annotations.NullMarked;
