/// Audit logs of Google Cloud: entries of Cloud Logging, plain or as Pub/Sub pushes them.
///
/// Entry type: [dev.tiercel.enricher.gcp.GcpAuditFormat].
@NullMarked
package dev.tiercel.enricher.gcp;

import org.jspecify.annotations.NullMarked;
