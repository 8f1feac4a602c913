/// From records of the probe to events of a batch: [Translator], with Falco's event types, parameters and paths.
/// What becomes of each system call is a table, `calls.tsv`. No Kafka, no waiting.
@NullMarked
package dev.tiercel.collector.translate;

import org.jspecify.annotations.NullMarked;
