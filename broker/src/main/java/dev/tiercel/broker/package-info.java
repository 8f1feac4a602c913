/// One real Kafka broker (KRaft, broker and controller combined) inside this JVM, for one machine and for tests.
///
/// Entry: [EmbeddedBroker]. Imports nothing of ours. Only this module uses Kafka's server classes, which are not a
/// public API.
@NullMarked
package dev.tiercel.broker;

import org.jspecify.annotations.NullMarked;
