/// From finished batches to Kafka: [KafkaPublisher], an idempotent producer that refuses rather than drops when there
/// is no room.
@NullMarked
package dev.tiercel.collector.publish;

import org.jspecify.annotations.NullMarked;
