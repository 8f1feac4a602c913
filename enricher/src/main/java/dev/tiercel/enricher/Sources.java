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
import dev.tiercel.enricher.pubsub.PubSubSources;
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
    /// `:9765`, `host:9765`, `s3://trail`: what is neither is a path.
    private static final Pattern NO_PATH = Pattern.compile("[^/]*:[0-9]+|[a-z][a-z0-9+.-]*://.*");

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
        return elsewhere(address)
                .or(() -> ListenAddress.parse(address.address()).flatMap(listen -> endpoint(address, listen)))
                .or(() -> file(address))
                .orElseThrow(() -> new IllegalArgumentException("%s: %s cannot be read from there, but from %s"
                        .formatted(
                                address, address.kind().label(), address.kind().readable())));
    }

    /// What only one kind can read.
    private Optional<Source> elsewhere(SourceAddress address) {
        String name = address.toString();
        String text = address.address();
        return switch (address.kind()) {
            case CLOUDTRAIL ->
                Optional.of(text)
                        .filter(CloudTrailSources::reads)
                        .map(uri -> new CloudTrailSources(config.kinds().cloudTrail(), publisher).of(name, uri));
            case OKTA ->
                Optional.of(text)
                        .filter(uri -> uri.startsWith("http"))
                        .map(uri -> OktaSources.of(name, uri, config.kinds().okta(), publisher));
            case JSON ->
                Optional.of(text)
                        .filter(uri -> uri.startsWith(TopicSources.SCHEME))
                        .map(uri -> topic(name, uri));
            case K8S_AUDIT, GCP_AUDIT ->
                Optional.of(text).filter(PubSubSources::reads).map(uri -> subscription(address));
            case GITHUB -> Optional.empty();
        };
    }

    private Source subscription(SourceAddress address) {
        return PubSubSources.of(
                address.toString(),
                address.address(),
                format(address.kind()),
                config.kinds().pubSub(),
                publisher);
    }

    private Source topic(String name, String uri) {
        return TopicSources.of(
                name,
                uri,
                new JsonFormat(config.kinds().json()),
                config.kinds().json().hasIds(),
                kafka,
                publisher);
    }

    private Optional<Source> endpoint(SourceAddress address, ListenAddress listen) {
        HttpEndpoint.Shared shared = new HttpEndpoint.Shared(config.http(), publisher, metrics);
        return access(address.kind())
                .map(access -> new HttpEndpoint(address.toString(), listen, intake(address.kind()), access, shared));
    }

    private Intake intake(SourceKind kind) {
        return kind == SourceKind.GITHUB ? new GithubIntake(config.kinds().github()) : Intake.of(format(kind));
    }

    /// Who may post events of a kind; empty: they are not posted.
    private Optional<HttpAccess> access(SourceKind kind) {
        return switch (kind) {
            case K8S_AUDIT -> Optional.of(config.kinds().k8sAudit().access());
            case GITHUB -> Optional.of(config.kinds().github().access());
            case GCP_AUDIT -> Optional.of(config.kinds().gcpAudit());
            case JSON -> Optional.of(config.kinds().json().access());
            case CLOUDTRAIL, OKTA -> Optional.empty();
        };
    }

    private Optional<Source> file(SourceAddress address) {
        if (NO_PATH.matcher(address.address()).matches()) return Optional.empty();
        Path path = Path.of(address.address());
        return Optional.of(
                new FileFollower(address.toString(), path, format(address.kind()), publisher, config.files(), metrics));
    }

    private SourceFormat format(SourceKind kind) {
        return switch (kind) {
            case K8S_AUDIT -> new K8sAuditFormat(config.kinds().k8sAudit().cluster());
            case CLOUDTRAIL -> new CloudTrailFormat();
            case OKTA -> new OktaFormat(config.kinds().okta().organization());
            case GITHUB -> new GithubFormat();
            case GCP_AUDIT -> new GcpAuditFormat();
            case JSON -> new JsonFormat(config.kinds().json());
        };
    }
}
