package dev.tiercel.enricher.http;

import dev.tiercel.service.Settings;
import dev.tiercel.service.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Settings of all endpoints of a process.
///
/// @param tls          key and certificate of the servers; empty: no TLS
/// @param bodyBytes    longest body, as sent and uncompressed
/// @param memoryBytes  bodies that are being read or wait for Kafka
/// @param requests     requests at once, for each source
/// @param answerWithin longest wait for Kafka before the sender is told to come again
public record HttpConfig(
        Optional<TlsFiles> tls, long bodyBytes, long memoryBytes, int requests, Duration answerWithin) {
    private static final String PREFIX = "enricher.http.";

    /// What to set for TLS.
    static final String TLS_KEYS = PREFIX + TlsFiles.CERTIFICATE + " and " + PREFIX + TlsFiles.KEY;

    /// Reads the keys `enricher.http.*`.
    public static HttpConfig from(Settings settings) {
        Optional<TlsFiles> tls = TlsFiles.from(settings, PREFIX, "the HTTPS endpoints");
        long bodyBytes = size(
                settings, "enricher.http.body-bytes", 16 << 20, "Longest body of a request, as sent and uncompressed.");
        long memoryBytes = size(
                settings,
                "enricher.http.memory-bytes",
                64 << 20,
                "Bodies that one source holds at once; beyond it senders are told to come again.");
        if (memoryBytes < bodyBytes) {
            settings.problem("enricher.http.memory-bytes", "must be enricher.http.body-bytes or more");
        }
        return new HttpConfig(
                tls,
                bodyBytes,
                memoryBytes,
                settings.integer("enricher.http.requests", 64, 1, 200, "Requests that one source serves at once."),
                settings.duration(
                        "enricher.http.answer-within",
                        Duration.ofSeconds(20),
                        "How long a sender waits for Kafka before it is told to come again."));
    }

    private static long size(Settings settings, String key, long defaultValue, String doc) {
        long size = settings.sizeBytes(key, defaultValue, doc);
        if (size < 1024 || size > 1L << 30) {
            settings.problem(key, "must be from 1KiB to 1GiB");
            return defaultValue;
        }
        return size;
    }

    static Optional<Path> file(Settings settings, String key, String doc) {
        return settings.optional(key, doc).map(Path::of);
    }
}
