@NullUnmarked
package dev.tiercel.enricher.kubernetes;

import org.jspecify.annotations.NullUnmarked;
