package dev.tiercel.detector.execs;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/// Finds requests that entered a pod among the records of `events.k8s-audit`. Thread-safe.
///
/// A record without the words is not decoded: almost all are.
public final class ExecRequests {
    private static final String EXEC = "\"exec\"";
    private static final String ATTACH = "\"attach\"";

    private final String topic;
    private final Deserializer<SourceEvent> deserializer;

    /// @param topic of the records
    public ExecRequests(String topic, Deserializer<SourceEvent> deserializer) {
        this.topic = topic;
        this.deserializer = deserializer;
    }

    /// The session of a record, by its key; none if it is none, or cannot be read: [dead letters][BadRecordException]
    /// are for who judges it.
    ///
    /// @throws dev.tiercel.schemas.RegistryException if the registry is unavailable
    public List<KeyValue<String, ExecSession>> of(byte @Nullable [] value) {
        if (value == null || !mayBe(value)) return List.of();
        ExecSession session = session(value);
        return session == null ? List.of() : List.of(KeyValue.pair(key(session), session));
    }

    /// As one-byte characters the bytes are searched by a loop of the JVM's own.
    private static boolean mayBe(byte[] value) {
        String bytes = new String(value, StandardCharsets.ISO_8859_1);
        return bytes.contains(EXEC) || bytes.contains(ATTACH);
    }

    private @Nullable ExecSession session(byte[] value) {
        try {
            return AuditedExec.session(deserializer.deserialize(topic, value));
        } catch (BadRecordException unreadable) {
            return null;
        }
    }

    private static String key(ExecSession session) {
        return String.join("/", session.getCluster(), session.getNamespace(), session.getPod(), session.getAuditId());
    }
}
