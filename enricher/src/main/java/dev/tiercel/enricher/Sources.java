package dev.tiercel.enricher;

import dev.tiercel.enricher.cloudtrail.CloudTrailFormat;
import dev.tiercel.enricher.cloudtrail.CloudTrailSources;
import dev.tiercel.enricher.files.FileFollower;
import dev.tiercel.enricher.okta.OktaFormat;
import dev.tiercel.enricher.okta.OktaSources;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes the source for an address.
final class Sources {
    /// `:9765`, `host:9765`, `s3://trail`: what is neither is a path.
    private static final Pattern NO_PATH = Pattern.compile("[^/]*:[0-9]+|[a-z][a-z0-9+.-]*://.*");

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
        return elsewhere(address)
                .or(() -> file(address))
                .orElseThrow(() -> new IllegalArgumentException("%s: %s cannot be read from there"
                        .formatted(address, address.kind().label())));
    }

    /// What only one kind can read.
    private Optional<Source> elsewhere(SourceAddress address) {
        String name = address.toString();
        String text = address.address();
        return switch (address.kind()) {
            case CLOUDTRAIL ->
                Optional.of(text)
                        .filter(CloudTrailSources::reads)
                        .map(uri -> new CloudTrailSources(config.cloudTrail(), publisher).of(name, uri));
            case OKTA ->
                Optional.of(text)
                        .filter(uri -> uri.startsWith("http"))
                        .map(uri -> OktaSources.of(name, uri, config.okta(), publisher));
            case K8S_AUDIT, GITHUB, GCP_AUDIT, JSON -> Optional.empty();
        };
    }

    private Optional<Source> file(SourceAddress address) {
        if (NO_PATH.matcher(address.address()).matches()) return Optional.empty();
        Path path = Path.of(address.address());
        return format(address.kind())
                .map(format -> new FileFollower(
                        address.toString(), path, format, publisher, config.files(), metrics));
    }

    private Optional<SourceFormat> format(SourceKind kind) {
        return switch (kind) {
            case CLOUDTRAIL -> Optional.of(new CloudTrailFormat());
            case OKTA -> Optional.of(new OktaFormat(config.okta().organization()));
            case K8S_AUDIT, GITHUB, GCP_AUDIT, JSON -> Optional.empty();
        };
    }
}
