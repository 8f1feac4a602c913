@NullUnmarked
package dev.tiercel.enricher.files;

import org.jspecify.annotations.NullUnmarked;
