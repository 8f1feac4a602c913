/// `tiercel alerts tail` and `tiercel events tail`: what is on a topic, as it comes.
@NullMarked
package dev.tiercel.cli.tail;

import org.jspecify.annotations.NullMarked;
