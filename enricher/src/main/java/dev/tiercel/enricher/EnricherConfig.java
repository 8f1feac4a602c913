package dev.tiercel.enricher;

import dev.tiercel.enricher.cloudtrail.CloudTrailConfig;
import dev.tiercel.enricher.files.FilesConfig;
import dev.tiercel.enricher.github.GithubConfig;
import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.enricher.http.HttpConfig;
import dev.tiercel.enricher.json.JsonConfig;
import dev.tiercel.enricher.k8saudit.K8sAuditConfig;
import dev.tiercel.enricher.okta.OktaConfig;
import dev.tiercel.enricher.source.PublisherConfig;
import dev.tiercel.service.Settings;
import java.util.ArrayList;
import java.util.List;

/// Configuration of an enricher.
///
/// @param sources in the order in which they are started
public record EnricherConfig(
        List<SourceAddress> sources,
        PublisherConfig publisher,
        HttpConfig http,
        FilesConfig files,
        K8sAuditConfig k8sAudit,
        CloudTrailConfig cloudTrail,
        OktaConfig okta,
        GithubConfig github,
        HttpAccess gcpAudit,
        JsonConfig json) {
    private static final String SOURCES = "enricher.sources";

    public EnricherConfig {
        sources = List.copyOf(sources);
    }

    /// Reads the `enricher.*` keys.
    public static EnricherConfig from(Settings settings) {
        List<String> written = settings.list(
                SOURCES,
                List.of(),
                "Sources, `KIND=ADDRESS`: k8s-audit=:9765, cloudtrail=s3://trail/AWSLogs, okta=https://…");
        List<SourceAddress> sources = new ArrayList<>();
        for (String one : written) {
            try {
                sources.add(SourceAddress.parse(one));
            } catch (IllegalArgumentException wrong) {
                settings.problem(SOURCES, String.valueOf(wrong.getMessage()));
            }
        }
        return new EnricherConfig(
                sources,
                PublisherConfig.from(settings),
                HttpConfig.from(settings),
                FilesConfig.from(settings),
                K8sAuditConfig.from(settings),
                CloudTrailConfig.from(settings),
                OktaConfig.from(settings),
                GithubConfig.from(settings),
                HttpAccess.from(settings, "gcp-audit"),
                JsonConfig.from(settings));
    }
}
