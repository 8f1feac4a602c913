package dev.tiercel.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    private static Enricher enricher(String source) {
        System.setProperty("aws.accessKeyId", "access");
        System.setProperty("aws.secretAccessKey", "secret");
        EnricherConfig config = EnricherConfig.from(Settings.of(Map.of(
                "enricher.sources", source,
                "enricher.okta.token-file", "/etc/okta-token",
                "enricher.cloudtrail.endpoint", "http://127.0.0.1:9000",
                "enricher.cloudtrail.sqs-endpoint", "http://127.0.0.1:9001")));
        return new Enricher(config, Map.of("bootstrap.servers", "127.0.0.1:1"), new InMemoryRegistry(), new Metrics());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloudtrail=s3://trail/AWSLogs",
                "cloudtrail=sqs://notifications",
                "cloudtrail=sqs://sqs.eu-west-1.amazonaws.com/111122223333/notifications",
                "cloudtrail=/var/log/trail",
                "okta=https://example.okta.com",
                "okta=okta.log",
                "gcp-audit=pubsub://project/audit",
                "k8s-audit=pubsub://project/gke",
                "json=kafka://orders",
                "json=:9765"
            })
    void areMade(String source) {
        try (Enricher enricher = enricher(source)) {
            assertThat(enricher.describe()).isEqualTo(source);
        }
    }

    @Test
    void sayWhatCanBeRead() {
        assertThatThrownBy(() -> enricher("okta=s3://trail"))
                .hasMessage(
                        "okta=s3://trail: okta cannot be read from there, but from https://HOST, a file or a directory");
        assertThatThrownBy(() -> enricher("json=kafka://a/b"))
                .hasMessageContaining("json=kafka://a/b: Topic name is invalid");
        assertThatThrownBy(() -> enricher("okta=http://example.okta.com"))
                .hasMessage("okta=http://example.okta.com: Okta is polled at https://HOST");
    }
}
