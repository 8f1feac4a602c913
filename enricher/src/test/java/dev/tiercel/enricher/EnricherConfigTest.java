package dev.tiercel.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.cloudtrail.CloudTrailConfig;
import dev.tiercel.enricher.feeds.FeedAddress;
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
import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsException;
import dev.tiercel.service.TlsFiles;
import dev.tiercel.testkit.Golden;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnricherConfigTest {
    @Test
    void defaults() {
        Settings settings = Settings.of(Map.of());
        EnricherConfig config = EnricherConfig.from(settings);
        settings.requireValid();
        assertThat(config.sources()).isEmpty();
        assertThat(config.publisher().instance()).isNotEmpty();
        Golden.check("settings.md", settings.markdown());
    }

    @Test
    void everyKeyMaps() {
        Settings settings = Settings.from()
                .file(Path.of("src/test/resources/every-key.conf"))
                .read();
        EnricherConfig config = EnricherConfig.from(settings);
        settings.requireValid();
        assertThat(config.sources())
                .containsExactly(SourceAddress.parse("k8s-audit=:9765"), SourceAddress.parse("json=/var/log/x.json"));
        assertThat(config.feeds())
                .isEqualTo(new FeedsConfig(List.of(new FeedAddress("tor", "/tor")), Duration.ofMinutes(7)));
        assertThat(config.publisher()).isEqualTo(new PublisherConfig("a", 4 << 20, 10, Duration.ofMinutes(5)));
        assertThat(config.http())
                .isEqualTo(new HttpConfig(
                        Optional.of(new TlsFiles(Path.of("/k"), file("/c"), "")),
                        1 << 20,
                        2 << 20,
                        3,
                        Duration.ofSeconds(4)));
        assertThat(config.files()).isEqualTo(new FilesConfig(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(config.kubernetes()).isEqualTo(new KubernetesConfig("prod", "/kc", Duration.ofMinutes(8)));
        assertThat(config.kinds())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*\\.oidc")
                .isEqualTo(kinds());
        assertThat(config.kinds().gcpAudit().oidc()).hasToString(oidc("gcp-audit", 3));
        assertThat(config.kinds().k8sAudit().access().oidc()).hasToString(oidc("k8s-audit", 1));
    }

    private static EnricherConfig.Kinds kinds() {
        return new EnricherConfig.Kinds(
                new K8sAuditConfig("prod", access("k8s-audit", 1)),
                new CloudTrailConfig(
                        Optional.of(URI.create("http://s3:1")),
                        Optional.of(URI.create("http://sqs:2")),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4)),
                new OktaConfig("acme", file("/t5"), Duration.ofSeconds(5), Duration.ofSeconds(6)),
                new GithubConfig(file("/s"), access("github", 2)),
                access("gcp-audit", 3),
                new PubSubConfig(file("/g"), Optional.of(URI.create("http://pubsub:3"))),
                new JsonConfig(List.of("/i", "/t", "/o", "/a", "/v"), access("json", 4)));
    }

    private static String oidc(String kind, int number) {
        return "Optional[OidcAccess[audience=aud%d, email=mail%d, keys=https://keys/%d, prefix=enricher.%s.]]"
                .formatted(number, number, number, kind);
    }

    private static HttpAccess access(String kind, int number) {
        return new HttpAccess(file("/t" + number), file("/ca" + number), Optional.empty(), "enricher." + kind + ".");
    }

    private static Optional<Path> file(String path) {
        return Optional.of(Path.of(path));
    }

    @Test
    void saysWhatIsWrong() {
        Settings settings = Settings.from()
                .set("enricher.sources=syslog=/x,json")
                .set("enricher.http.tls-key-file=/k")
                .set("enricher.http.memory-bytes=1MiB")
                .set("enricher.queue-bytes=1")
                .set("enricher.gcp-audit.oidc-audience=tiercel")
                .set("enricher.k8s-audit.oidc-keys=http://keys/")
                .set("enricher.pubsub.endpoint=pubsub.googleapis.com")
                .read();
        EnricherConfig _ = EnricherConfig.from(settings);
        assertThatThrownBy(settings::requireValid)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no kind of source is called 'syslog': there are k8s-audit, cloudtrail, okta")
                .hasMessageContaining("a source is KIND=ADDRESS, as in k8s-audit=:9765")
                .hasMessageContaining("enricher.http.tls-certificate-file: needs enricher.http.tls-key-file")
                .hasMessageContaining("enricher.http.memory-bytes: must be enricher.http.body-bytes or more")
                .hasMessageContaining("enricher.gcp-audit.oidc-audience: needs enricher.gcp-audit.oidc-email, and")
                .hasMessageContaining("enricher.k8s-audit.oidc-keys: must be https://…")
                .hasMessageContaining("enricher.pubsub.endpoint: must be https://HOST or http://HOST:PORT")
                .hasMessageContaining("enricher.queue-bytes: must be from 2MiB to 1GiB");
    }

    @Test
    void watchesAnotherCluster() {
        KubernetesConfig config = new KubernetesConfig("a", "/kc", Duration.ofMinutes(8));
        assertThat(config.watching("b")).isEqualTo(new KubernetesConfig("b", "/kc", Duration.ofMinutes(8)));
        assertThat(config.watching("b=/x=y")).isEqualTo(new KubernetesConfig("b", "/x=y", Duration.ofMinutes(8)));
        for (String wrong : List.of("", "=/x", "b=", "a/b")) {
            assertThatThrownBy(() -> config.watching(wrong))
                    .hasMessage("a cluster is NAME or NAME=KUBECONFIG, and its name has no /, not '" + wrong + "'");
        }
    }

    @Test
    void namesTheTopicsThatItImports() {
        Settings settings = Settings.of(Map.of("enricher.sources", "json=kafka://a,json=:1,json=kafka://b"));
        assertThat(EnricherConfig.from(settings).importedTopics()).containsExactly("a", "b");
    }
}
