package dev.tiercel.enricher;

import dev.tiercel.enricher.files.FileFollower;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Makes the source for an address.
final class Sources {
    /// `:9765`, `0.0.0.0:9765`, `[::]:9765`.
    private static final Pattern ENDPOINT = Pattern.compile("[^/]*:[0-9]+");

    /// `s3://trail`, `https://example.okta.com`.
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*://.*");

    private final EnricherConfig config;
    private final Publisher publisher;
    private final Metrics metrics;

    Sources(EnricherConfig config, Publisher publisher, Metrics metrics) {
        this.config = config;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /// @throws IllegalArgumentException if the kind cannot read from there, with a message for users
    Source of(SourceAddress address) {
        String text = address.address();
        if (ENDPOINT.matcher(text).matches() || URI.matcher(text).matches()) throw refused(address);
        return new FileFollower(
                address.toString(), Path.of(text), format(address), publisher, config.files(), metrics);
    }

    private static SourceFormat format(SourceAddress address) {
        throw refused(address);
    }

    private static IllegalArgumentException refused(SourceAddress address) {
        return new IllegalArgumentException("%s: %s cannot be read from there".formatted(address, address.kind().label()));
    }
}
