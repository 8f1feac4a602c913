@NullUnmarked
package dev.tiercel.enricher.k8saudit;

import org.jspecify.annotations.NullUnmarked;
