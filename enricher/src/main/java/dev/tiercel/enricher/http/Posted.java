package dev.tiercel.enricher.http;

import com.sun.net.httpserver.Headers;
import java.util.Optional;

/// A request whose sender is known and whose body is whole.
///
/// @param headers of the request
/// @param body    not compressed
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Posted(Headers headers, byte[] body) {
    /// A header of the request; empty: it has none of this name.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }
}
