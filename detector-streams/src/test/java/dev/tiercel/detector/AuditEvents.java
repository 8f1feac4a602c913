package dev.tiercel.detector;

import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Events of a Kubernetes audit log.
final class AuditEvents {
    private AuditEvents() {}

    /// `user` does `verb`.
    ///
    /// @param time when, and when it was received, nanoseconds since the epoch
    static SourceEvent event(String id, long time, String user, String verb) {
        String document = "{\"kind\":\"Event\",\"verb\":\"%s\",\"user\":{\"username\":\"%s\"}}".formatted(verb, user);
        return new SourceEvent(
                id, time, "k8s_audit", "prod", user, verb, ByteBuffer.wrap(Cluster.utf8(document)), time);
    }

    /// Nanoseconds since the epoch.
    static long now() {
        return Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
    }
}
