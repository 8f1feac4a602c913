@NullUnmarked
package dev.tiercel.enricher.github;

import org.jspecify.annotations.NullUnmarked;
