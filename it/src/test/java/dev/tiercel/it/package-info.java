/// Whole pipelines on a real broker and a real kernel, and the test that states which module may import which.
@NullMarked
package dev.tiercel.it;

import org.jspecify.annotations.NullMarked;
