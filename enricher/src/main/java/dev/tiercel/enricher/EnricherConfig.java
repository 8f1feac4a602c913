package dev.tiercel.enricher;

import dev.tiercel.enricher.kubernetes.KubernetesConfig;
import dev.tiercel.enricher.source.PublisherConfig;
import dev.tiercel.service.Settings;
import java.util.ArrayList;
import java.util.List;

/// Configuration of an enricher.
///
/// @param sources in the order in which they are started
public record EnricherConfig(List<SourceAddress> sources, PublisherConfig publisher, KubernetesConfig kubernetes) {
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
        return new EnricherConfig(sources, PublisherConfig.from(settings), KubernetesConfig.from(settings));
    }
}
