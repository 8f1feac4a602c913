@NullMarked
package dev.tiercel.sinks.delivery;

import org.jspecify.annotations.NullMarked;
