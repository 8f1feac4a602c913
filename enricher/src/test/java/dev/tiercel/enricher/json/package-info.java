@NullUnmarked
package dev.tiercel.enricher.json;

import org.jspecify.annotations.NullUnmarked;
