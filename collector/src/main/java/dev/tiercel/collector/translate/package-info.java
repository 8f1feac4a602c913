/// From kernel records to events of a batch: [Translator], with Falco's event types, parameters and paths. The table
/// `calls.tsv` maps each system call. Never blocks; knows nothing of Kafka and of where records come from.
@NullMarked
package dev.tiercel.collector.translate;

import org.jspecify.annotations.NullMarked;
