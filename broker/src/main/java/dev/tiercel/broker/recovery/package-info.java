/// After a restart: ends the transactions whose end Kafka has forgotten.
///
/// Entry: [HangingTransactions]. Knows a broker by its port only; imports nothing of ours.
@NullMarked
package dev.tiercel.broker.recovery;

import org.jspecify.annotations.NullMarked;
