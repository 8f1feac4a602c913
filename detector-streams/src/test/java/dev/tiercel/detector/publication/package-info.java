@NullMarked
package dev.tiercel.detector.publication;

import org.jspecify.annotations.NullMarked;
