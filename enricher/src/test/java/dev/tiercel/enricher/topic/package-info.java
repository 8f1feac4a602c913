@NullUnmarked
package dev.tiercel.enricher.topic;

import org.jspecify.annotations.NullUnmarked;
