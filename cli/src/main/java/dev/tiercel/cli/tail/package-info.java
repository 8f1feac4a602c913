/// `tiercel alerts tail` and `tiercel events tail`: print a topic as records arrive.
@NullMarked
package dev.tiercel.cli.tail;

import org.jspecify.annotations.NullMarked;
