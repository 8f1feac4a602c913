/// Events in pods that are not known yet: which rules wait for the metadata, and where the events are kept meanwhile.
@NullMarked
package dev.tiercel.detector.metadata;

import org.jspecify.annotations.NullMarked;
