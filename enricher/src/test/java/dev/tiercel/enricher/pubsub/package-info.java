@NullMarked
package dev.tiercel.enricher.pubsub;

import org.jspecify.annotations.NullMarked;
