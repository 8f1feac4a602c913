/// What outlives the collector's process: [StateDirectory] holds the [Spool] of batches that wait for the broker, and
/// the [WatchMark] of when the node was last watched. Knows nothing of Kafka, records or processes.
@NullMarked
package dev.tiercel.collector.store;

import org.jspecify.annotations.NullMarked;
