package dev.tiercel.enricher.http;

import com.sun.net.httpserver.Headers;
import dev.tiercel.enricher.source.Receipt;
import java.util.Map;
import java.util.regex.Pattern;

/// What a sender is told.
///
/// @param message one line
record Answer(int status, Map<String, String> headers, String message) {
    private static final Pattern FIREHOSE_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    static Answer taken(Receipt receipt) {
        return new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"published\":%d,\"duplicates\":%d,\"deadLetters\":%d}"
                        .formatted(receipt.published(), receipt.duplicates(), receipt.deadLetters()));
    }

    /// Firehose wants to read its own request's id and a time, and repeats what was answered otherwise.
    Answer to(Headers request) {
        String id = request.getFirst("X-Amz-Firehose-Request-Id");
        if (id == null || !FIREHOSE_ID.matcher(id).matches()) return this;
        String body = "{\"requestId\":\"%s\",\"timestamp\":%d}".formatted(id, System.currentTimeMillis());
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /// A request that would be refused again.
    static Answer refused(int status, String message) {
        return new Answer(status, Map.of(), message);
    }

    static Answer unknownSender(String message) {
        return new Answer(401, Map.of("WWW-Authenticate", "Bearer"), message);
    }

    static Answer notPosted() {
        return new Answer(405, Map.of("Allow", "POST"), "events are posted");
    }

    /// A request that is welcome later.
    static Answer later(int status, int seconds, String message) {
        return new Answer(status, Map.of("Retry-After", Integer.toString(seconds)), message);
    }
}
