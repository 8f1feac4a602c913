/// `tiercel alerts tail`, `events tail` and `sensors tail`: print a topic as records arrive.
@NullMarked
package dev.tiercel.cli.tail;

import org.jspecify.annotations.NullMarked;
