package dev.tiercel.enricher.source;

import dev.tiercel.schemas.avro.SourceEvent;
import java.util.Set;

/// How one kind of source writes events: splits what it sends (arrays, envelopes, lines) into single events and
/// reads the header of each. Pure; thread-safe.
public interface SourceFormat {
    /// Event source of the events, as rules name it: `k8s_audit`.
    String eventSource();

    /// Splits a body. Events keep the bytes that their source wrote, and their order.
    ///
    /// What can be read is read: an element that is no event of this kind goes to `into` with a reason, and so does
    /// the rest of a body that ends too early.
    ///
    /// @param body UTF-8; not compressed
    /// @throws MalformedException if nothing of the body is an event
    void split(byte[] body, Collector into) throws MalformedException;

    /// Names of members of a long object whose elements are bodies of their own, so that it is never held whole:
    /// `Records`.
    default Set<String> envelopes() {
        return Set.of();
    }

    /// Receives what [#split] finds.
    interface Collector {
        /// One event; its `receivedAt` is overwritten.
        void event(SourceEvent event);

        /// A piece of the body that is no event.
        void malformed(byte[] piece, String reason);
    }
}
