/// Correlations through Kafka Streams: clocks of source partitions, matches on their topic, state of keys.
@NullMarked
package dev.tiercel.detector.correlate;

import org.jspecify.annotations.NullMarked;
