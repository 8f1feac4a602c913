@NullMarked
package dev.tiercel.detector;

import org.jspecify.annotations.NullMarked;
