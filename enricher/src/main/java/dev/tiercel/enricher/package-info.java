/// Brings what is not a system call onto Kafka: audit logs and other JSON events.
///
/// Entry types: [dev.tiercel.enricher.Enricher] and [dev.tiercel.enricher.EnricherConfig]. Imports schemas, service.
@NullMarked
package dev.tiercel.enricher;

import org.jspecify.annotations.NullMarked;
