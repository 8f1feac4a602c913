@NullUnmarked
package dev.tiercel.enricher.gcp;

import org.jspecify.annotations.NullUnmarked;
