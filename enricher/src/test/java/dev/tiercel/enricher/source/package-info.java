@NullUnmarked
package dev.tiercel.enricher.source;

import org.jspecify.annotations.NullUnmarked;
