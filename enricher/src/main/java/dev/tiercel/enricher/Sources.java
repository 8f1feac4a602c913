package dev.tiercel.enricher;

import dev.tiercel.enricher.cloudtrail.CloudTrailFormat;
import dev.tiercel.enricher.cloudtrail.CloudTrailSources;
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
import dev.tiercel.enricher.okta.OktaFormat;
import dev.tiercel.enricher.okta.OktaSources;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.enricher.topic.TopicSources;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes the source for an address.
final class Sources {
    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*://.*");

    private final EnricherConfig config;
    private final Map<String, String> kafka;
    private final Publisher publisher;
    private final Metrics metrics;

    /// @param kafka settings of Kafka's clients
    Sources(EnricherConfig config, Map<String, String> kafka, Publisher publisher, Metrics metrics) {
        this.config = config;
        this.kafka = kafka;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    /// @throws IllegalArgumentException if the kind cannot read from there, with a message for users
    Source of(SourceAddress address) {
        String text = address.address();
        Optional<ListenAddress> listen = ListenAddress.parse(text);
        Optional<Source> source = listen.isPresent()
                ? endpoint(address, listen.get())
                : URI.matcher(text).matches() ? remote(address) : Optional.of(files(address));
        return source.orElseThrow(() -> new IllegalArgumentException("%s: %s is read from %s"
                .formatted(address, address.kind().label(), address.kind().origins())));
    }

    private Source files(SourceAddress address) {
        return new FileFollower(
                address.toString(),
                Path.of(address.address()),
                format(address.kind()),
                publisher,
                config.files(),
                metrics);
    }

    private SourceFormat format(SourceKind kind) {
        EnricherConfig.Kinds kinds = config.kinds();
        return switch (kind) {
            case K8S_AUDIT -> new K8sAuditFormat(kinds.k8sAudit().cluster());
            case CLOUDTRAIL -> new CloudTrailFormat();
            case OKTA -> new OktaFormat(kinds.okta().organization());
            case GITHUB -> new GithubFormat();
            case GCP_AUDIT -> new GcpAuditFormat();
            case JSON -> new JsonFormat(kinds.json());
        };
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen) {
        EnricherConfig.Kinds kinds = config.kinds();
        return switch (address.kind()) {
            case K8S_AUDIT -> endpoint(address, listen, kinds.k8sAudit().access());
            case GITHUB ->
                endpoint(
                        address,
                        listen,
                        new GithubIntake(kinds.github()),
                        kinds.github().access());
            case GCP_AUDIT -> endpoint(address, listen, kinds.gcpAudit());
            case JSON -> endpoint(address, listen, kinds.json().access());
            case CLOUDTRAIL, OKTA -> Optional.empty();
        };
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen, HttpAccess access) {
        return endpoint(address, listen, Intake.of(format(address.kind())), access);
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen, Intake intake, HttpAccess access) {
        HttpEndpoint.Shared shared = new HttpEndpoint.Shared(config.http(), publisher, metrics);
        return Optional.of(new HttpEndpoint(address.toString(), listen, intake, access, shared));
    }

    private Optional<Source> remote(SourceAddress address) {
        String name = address.toString();
        Optional<String> uri = Optional.of(address.address());
        EnricherConfig.Kinds kinds = config.kinds();
        return switch (address.kind()) {
            case CLOUDTRAIL ->
                uri.filter(CloudTrailSources::reads)
                        .map(at -> new CloudTrailSources(kinds.cloudTrail(), publisher).of(name, at));
            case OKTA ->
                uri.filter(at -> at.startsWith("http")).map(at -> OktaSources.of(name, at, kinds.okta(), publisher));
            case JSON ->
                uri.filter(at -> at.startsWith(TopicSources.SCHEME))
                        .map(at -> TopicSources.of(
                                name, at, format(SourceKind.JSON), kinds.json().hasIds(), kafka, publisher));
            case K8S_AUDIT, GITHUB, GCP_AUDIT -> Optional.empty();
        };
    }
}
