/// Ends the transactions that Kafka leaves hanging after a restart.
///
/// Entry: [HangingTransactions]. Knows a broker by its port only; imports nothing of ours.
@NullMarked
package dev.tiercel.broker.recovery;

import org.jspecify.annotations.NullMarked;
