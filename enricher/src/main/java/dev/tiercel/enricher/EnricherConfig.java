package dev.tiercel.enricher;

import dev.tiercel.enricher.cloudtrail.CloudTrailConfig;
import dev.tiercel.enricher.feeds.FeedsConfig;
import dev.tiercel.enricher.files.FilesConfig;
import dev.tiercel.enricher.github.GithubConfig;
import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.enricher.http.HttpConfig;
import dev.tiercel.enricher.json.JsonConfig;
import dev.tiercel.enricher.k8saudit.K8sAuditConfig;
import dev.tiercel.enricher.kubernetes.KubernetesConfig;
import dev.tiercel.enricher.okta.OktaConfig;
import dev.tiercel.enricher.pubsub.PubSubConfig;
import dev.tiercel.enricher.source.PublisherConfig;
import dev.tiercel.enricher.topic.TopicSources;
import dev.tiercel.service.Settings;
import java.util.List;

/// Configuration of an enricher.
///
/// @param sources in the order in which they are started
/// @param feeds lists of indicators
/// @param kubernetes the cluster that is watched, if any
/// @param kinds what belongs to one kind of source
public record EnricherConfig(
        List<SourceAddress> sources,
        FeedsConfig feeds,
        PublisherConfig publisher,
        HttpConfig http,
        FilesConfig files,
        KubernetesConfig kubernetes,
        Kinds kinds) {
    /// Settings of each kind of source.
    record Kinds(
            K8sAuditConfig k8sAudit,
            CloudTrailConfig cloudTrail,
            OktaConfig okta,
            GithubConfig github,
            HttpAccess gcpAudit,
            PubSubConfig pubSub,
            JsonConfig json) {
        static Kinds from(Settings settings) {
            return new Kinds(
                    K8sAuditConfig.from(settings),
                    CloudTrailConfig.from(settings),
                    OktaConfig.from(settings),
                    GithubConfig.from(settings),
                    HttpAccess.pushed(settings, "gcp-audit"),
                    PubSubConfig.from(settings),
                    JsonConfig.from(settings));
        }
    }

    public EnricherConfig {
        sources = List.copyOf(sources);
    }

    /// The same with other sources and lists.
    public EnricherConfig with(List<SourceAddress> otherSources, FeedsConfig otherFeeds) {
        return new EnricherConfig(otherSources, otherFeeds, publisher, http, files, kubernetes, kinds);
    }

    /// The same, watching another cluster.
    public EnricherConfig with(KubernetesConfig other) {
        return new EnricherConfig(sources, feeds, publisher, http, files, other, kinds);
    }

    /// Topics of the same cluster that are read, beside those that are written.
    public List<String> importedTopics() {
        return sources.stream()
                .map(SourceAddress::address)
                .filter(address -> address.startsWith(TopicSources.SCHEME))
                .map(address -> address.substring(TopicSources.SCHEME.length()))
                .distinct()
                .toList();
    }

    /// Whether there is nothing to bring.
    public boolean isEmpty() {
        return sources.isEmpty() && feeds.addresses().isEmpty() && !kubernetes.watches();
    }

    /// Reads the `enricher.*` keys.
    public static EnricherConfig from(Settings settings) {
        return new EnricherConfig(
                settings.list(
                        "enricher.sources",
                        "Sources, `KIND=ADDRESS`: k8s-audit=:9765, cloudtrail=s3://trail/AWSLogs, okta=https://…",
                        SourceAddress::parse),
                FeedsConfig.from(settings),
                PublisherConfig.from(settings),
                HttpConfig.from(settings),
                FilesConfig.from(settings),
                KubernetesConfig.from(settings),
                Kinds.from(settings));
    }
}
