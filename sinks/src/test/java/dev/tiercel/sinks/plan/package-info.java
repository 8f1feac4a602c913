@NullMarked
package dev.tiercel.sinks.plan;

import org.jspecify.annotations.NullMarked;
