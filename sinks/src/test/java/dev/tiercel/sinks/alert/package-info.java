@NullMarked
package dev.tiercel.sinks.alert;

import org.jspecify.annotations.NullMarked;
