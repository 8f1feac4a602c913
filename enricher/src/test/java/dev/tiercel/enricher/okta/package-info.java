@NullUnmarked
package dev.tiercel.enricher.okta;

import org.jspecify.annotations.NullUnmarked;
