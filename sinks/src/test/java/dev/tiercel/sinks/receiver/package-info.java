@NullMarked
package dev.tiercel.sinks.receiver;

import org.jspecify.annotations.NullMarked;
