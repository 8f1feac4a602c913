/// From finished batches to Kafka: [KafkaPublisher], an idempotent producer that refuses a batch rather than drop it
/// when there is no room. Knows nothing of records or processes.
@NullMarked
package dev.tiercel.collector.publish;

import org.jspecify.annotations.NullMarked;
