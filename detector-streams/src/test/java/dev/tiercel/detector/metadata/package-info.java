@NullMarked
package dev.tiercel.detector.metadata;

import org.jspecify.annotations.NullMarked;
