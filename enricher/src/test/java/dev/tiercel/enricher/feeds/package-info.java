@NullUnmarked
package dev.tiercel.enricher.feeds;

import org.jspecify.annotations.NullUnmarked;
