/// What a stream jumped over, and which batches never came: offsets of partitions and numbers of lanes.
@NullMarked
package dev.tiercel.detector.continuity;

import org.jspecify.annotations.NullMarked;
