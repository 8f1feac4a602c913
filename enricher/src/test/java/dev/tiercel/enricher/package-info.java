@NullUnmarked
package dev.tiercel.enricher;

import org.jspecify.annotations.NullUnmarked;
