@NullMarked
package dev.tiercel.sinks;

import org.jspecify.annotations.NullMarked;
