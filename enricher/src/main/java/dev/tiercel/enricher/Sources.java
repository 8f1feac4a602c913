package dev.tiercel.enricher;

import dev.tiercel.enricher.gcp.GcpAuditFormat;
import dev.tiercel.enricher.github.GithubIntake;
import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.enricher.http.HttpEndpoint;
import dev.tiercel.enricher.http.Intake;
import dev.tiercel.enricher.http.ListenAddress;
import dev.tiercel.enricher.json.JsonFormat;
import dev.tiercel.enricher.k8saudit.K8sAuditFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.service.Metrics;
import java.util.Optional;

/// Makes the source for an address.
final class Sources {
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
        return ListenAddress.parse(address.address())
                .flatMap(listen -> endpoint(address, listen))
                .orElseThrow(() -> new IllegalArgumentException("%s: %s cannot be read from there"
                        .formatted(address, address.kind().label())));
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen) {
        return switch (address.kind()) {
            case K8S_AUDIT ->
                endpoint(
                        address,
                        listen,
                        Intake.of(new K8sAuditFormat(config.k8sAudit().cluster())),
                        config.k8sAudit().access());
            case GITHUB ->
                endpoint(
                        address,
                        listen,
                        new GithubIntake(config.github()),
                        config.github().access());
            case GCP_AUDIT -> endpoint(address, listen, Intake.of(new GcpAuditFormat()), config.gcpAudit());
            case JSON ->
                endpoint(
                        address,
                        listen,
                        Intake.of(new JsonFormat(config.json())),
                        config.json().access());
            case CLOUDTRAIL, OKTA -> Optional.empty();
        };
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen, Intake intake, HttpAccess access) {
        HttpEndpoint.Shared shared = new HttpEndpoint.Shared(config.http(), publisher, metrics);
        return Optional.of(new HttpEndpoint(address.toString(), listen, intake, access, shared));
    }
}
