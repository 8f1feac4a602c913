@NullMarked
package dev.tiercel.correlation;

import org.jspecify.annotations.NullMarked;
