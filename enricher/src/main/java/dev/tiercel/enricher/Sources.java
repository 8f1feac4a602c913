package dev.tiercel.enricher;

import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;

/// Makes the source for an address.
final class Sources {
    private final EnricherConfig config;
    private final Publisher publisher;

    Sources(EnricherConfig config, Publisher publisher) {
        this.config = config;
        this.publisher = publisher;
    }

    /// @throws IllegalArgumentException if the kind cannot read from there, with a message for users
    Source of(SourceAddress address) {
        throw new IllegalArgumentException(
                "%s: %s cannot be read from there (%d sources, %s)"
                        .formatted(address, address.kind().label(), config.sources().size(), publisher.name()));
    }
}
