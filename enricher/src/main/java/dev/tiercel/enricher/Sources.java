package dev.tiercel.enricher;

import dev.tiercel.enricher.files.FileFollower;
import dev.tiercel.enricher.gcp.GcpAuditFormat;
import dev.tiercel.enricher.github.GithubFormat;
import dev.tiercel.enricher.github.GithubIntake;
import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.enricher.http.HttpEndpoint;
import dev.tiercel.enricher.http.Intake;
import dev.tiercel.enricher.http.ListenAddress;
import dev.tiercel.enricher.json.JsonFormat;
import dev.tiercel.enricher.k8saudit.K8sAuditFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes the source for an address.
final class Sources {
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
        Optional<ListenAddress> listen = ListenAddress.parse(address.address());
        if (listen.isPresent()) return endpoint(address, listen.get());
        if (URI.matcher(address.address()).matches()) throw refused(address);
        return new FileFollower(
                address.toString(),
                Path.of(address.address()),
                format(address),
                publisher,
                config.files(),
                metrics);
    }

    private SourceFormat format(SourceAddress address) {
        return switch (address.kind()) {
            case K8S_AUDIT -> new K8sAuditFormat(config.kinds().k8sAudit().cluster());
            case GITHUB -> new GithubFormat();
            case GCP_AUDIT -> new GcpAuditFormat();
            case JSON -> new JsonFormat(config.kinds().json());
            case CLOUDTRAIL, OKTA -> throw refused(address);
        };
    }

    private Source endpoint(SourceAddress address, ListenAddress listen) {
        EnricherConfig.Kinds kinds = config.kinds();
        Intake intake = address.kind() == SourceKind.GITHUB
                ? new GithubIntake(kinds.github())
                : Intake.of(format(address));
        HttpAccess access = switch (address.kind()) {
            case K8S_AUDIT -> kinds.k8sAudit().access();
            case GITHUB -> kinds.github().access();
            case GCP_AUDIT -> kinds.gcpAudit();
            case JSON -> kinds.json().access();
            case CLOUDTRAIL, OKTA -> throw refused(address);
        };
        HttpEndpoint.Shared shared = new HttpEndpoint.Shared(config.http(), publisher, metrics);
        return new HttpEndpoint(address.toString(), listen, intake, access, shared);
    }

    private static IllegalArgumentException refused(SourceAddress address) {
        return new IllegalArgumentException("%s: %s cannot be read from there".formatted(address, address.kind().label()));
    }
}
