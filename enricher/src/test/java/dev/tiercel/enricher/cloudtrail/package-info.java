@NullUnmarked
package dev.tiercel.enricher.cloudtrail;

import org.jspecify.annotations.NullUnmarked;
