/// Where state is kept, and how it is written as bytes. Door: [dev.tiercel.correlation.state.StateStore].
@NullMarked
package dev.tiercel.correlation.state;

import org.jspecify.annotations.NullMarked;
