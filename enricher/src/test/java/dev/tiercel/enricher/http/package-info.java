@NullUnmarked
package dev.tiercel.enricher.http;

import org.jspecify.annotations.NullUnmarked;
