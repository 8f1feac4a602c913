package dev.tiercel.enricher.http;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.service.Health;

/// What one kind of source makes of a request.
public interface Intake {
    /// Event source of the events, as rules name it: `k8s_audit`.
    String eventSource();

    /// Reads the events of a request.
    ///
    /// @throws ForgedException if the request is not from whom it seems to be
    /// @throws MalformedException if nothing of it is an event
    void read(Posted request, Delivery into) throws ForgedException, MalformedException;

    /// Whether [#read] knows forged requests by itself, so that a token or client certificate is not needed.
    default boolean authenticates() {
        return false;
    }

    /// Checks what [#read] needs.
    ///
    /// @throws RuntimeException if it is not there, with a message for users
    default void start() {}

    /// The current state of what [#read] needs.
    default Health check() {
        return Health.ok();
    }

    /// One whose bodies are in `format`, with nothing else to it.
    static Intake of(SourceFormat format) {
        return new Intake() {
            @Override
            public String eventSource() {
                return format.eventSource();
            }

            @Override
            public void read(Posted request, Delivery into) throws MalformedException {
                format.split(request.body(), into);
            }
        };
    }
}
