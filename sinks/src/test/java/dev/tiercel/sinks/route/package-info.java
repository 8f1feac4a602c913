@NullMarked
package dev.tiercel.sinks.route;

import org.jspecify.annotations.NullMarked;
