package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Settings of CloudTrail. Credentials and region are found as by every program of AWS: environment, `~/.aws`, role.
///
/// @param s3Endpoint of a store that is not AWS; empty: AWS
/// @param sqsEndpoint of a queue that is not at AWS; empty: AWS
/// @param poll        how often a bucket is listed
/// @param late        how much later than its neighbours an object may appear
public record CloudTrailConfig(Optional<URI> s3Endpoint, Optional<URI> sqsEndpoint, Duration poll, Duration late) {
    /// Reads the keys `enricher.cloudtrail.*`.
    public static CloudTrailConfig from(Settings settings) {
        return new CloudTrailConfig(
                endpoint(settings, "enricher.cloudtrail.endpoint", "S3-compatible store to read from (empty: AWS)."),
                endpoint(settings, "enricher.cloudtrail.sqs-endpoint", "SQS-compatible server (empty: AWS)."),
                settings.duration(
                        "enricher.cloudtrail.poll",
                        Duration.ofMinutes(1),
                        "How often buckets are listed; each account and region costs a request each time."),
                settings.duration(
                        "enricher.cloudtrail.late",
                        Duration.ofHours(6),
                        "How long after a newer object an older one may still appear in a bucket."));
    }

    private static Optional<URI> endpoint(Settings settings, String key, String doc) {
        return settings.optional(key, doc).map(text -> uri(settings, key, text));
    }

    private static URI uri(Settings settings, String key, String text) {
        if (!text.matches("https?://[^/]+/?")) settings.problem(key, "must be http://HOST:PORT or https://HOST");
        return URI.create(text.replace(' ', '+'));
    }
}
