/// Tests of what is on the topics.
@NullMarked
package dev.tiercel.schemas;

import org.jspecify.annotations.NullMarked;
