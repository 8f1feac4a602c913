package dev.tiercel.enricher;

import dev.tiercel.enricher.feeds.FeedsConfig;
import dev.tiercel.enricher.files.FilesConfig;
import dev.tiercel.enricher.kubernetes.KubernetesConfig;
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
        FilesConfig files,
        FeedsConfig feeds,
        KubernetesConfig kubernetes) {
    private static final String SOURCES = "enricher.sources";

    public EnricherConfig {
        sources = List.copyOf(sources);
    }

    /// The same with other sources.
    public EnricherConfig withSources(List<SourceAddress> others) {
        return new EnricherConfig(others, publisher, files, feeds);
    }

    /// The same with other feeds.
    public EnricherConfig withFeeds(FeedsConfig others) {
        return new EnricherConfig(sources, publisher, files, others);
    }

    /// Whether there is nothing to bring.
    public boolean isEmpty() {
        return sources.isEmpty() && feeds.addresses().isEmpty();
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
                FilesConfig.from(settings),
                FeedsConfig.from(settings),
                KubernetesConfig.from(settings));
    }
}
