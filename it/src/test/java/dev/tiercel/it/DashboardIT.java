package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.harness.Requirement;
import dev.tiercel.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queries of the dashboard and of the alerting rules, put to Debian's Prometheus about a pipeline that has had
/// events, alerts, correlations and dead letters: each finds something.
class DashboardIT {
    private static final String PASSWORD = "a password of metrics";
    private static final String RULES = """
            - rule: Secret read
              desc: d
              source: k8s_audit
              condition: ka.verb = get
              output: seen %ka.user.name
              priority: WARNING
            - correlation: Two secrets read
              desc: d
              type: event_count
              rules: [Secret read]
              group-by: [ka.user.name]
              timespan: 10m
              condition: {gte: 2}
              output: "%ka.user.name read two"
              priority: CRITICAL
            - correlation: No secret read
              desc: d
              type: absence
              steps: [{id: last, rule: Secret read}, {id: next, rule: Secret read}]
              group-by: [ka.user.name]
              timespan: 1h
              output: "%last.ka.user.name reads none"
              priority: NOTICE
            """;

    /// What happens once, at the start of this pipeline: before Prometheus looks.
    private static final Set<String> BEFORE = Set.of("Rule sets");

    @Test
    void everyQueryFindsWhatThePipelineHasHad(@TempDir Path directory) throws Exception {
        Requirement.TOOLS.check(Files.isExecutable(Path.of("/usr/bin/prometheus")), "no Prometheus");
        Path recording = Machine.root("cli/src/test/resources/samples/small.kev");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        int health = Machine.freePort();
        int webhook = Machine.freePort();
        List<String> arguments = new ArrayList<>(List.of("--replay", recording.toString()));
        arguments.addAll(List.of("--rules", rules.toString(), "--source", "k8s-audit=:" + webhook));
        arguments.addAll(List.of("--set", "health.port=" + health, "--set", "health.metrics-password=" + PASSWORD));
        try (TiercelProcess tiercel = TiercelProcess.up(directory.resolve("data"), arguments.toArray(String[]::new));
                PrometheusProcess prometheus = PrometheusProcess.scraping(directory, health, PASSWORD)) {
            prometheus.await("detector_correlations_alerts_total == 0"); // an increase is from something
            for (String id : List.of("a", "b", "c", "d")) audit(webhook, id);
            spoil(tiercel.client());
            prometheus.await("increase(detector_correlations_alerts_total[1m]) > 0");
            prometheus.await("detector_correlations_watermark_lag{source=\"k8s_audit\"}");
            prometheus.await("ALERTS{alertname=\"DeadLetters\", alertstate=\"firing\"}");

            List<String> empty = new ArrayList<>();
            for (Observed.Query query : Observed.dashboardQueries()) {
                if (prometheus.series(query.text()).isEmpty() && !BEFORE.contains(query.of()))
                    empty.add(query.toString());
            }
            for (Observed.Query query : Observed.alertQueries()) {
                prometheus.series(query.text());
                for (String selector : query.selectors()) {
                    if (prometheus.series(selector).isEmpty()) empty.add(query.of() + ": " + selector);
                }
            }
            assertThat(empty).isEmpty();
            assertThat(Files.readString(Machine.root("docs/operating.md"))).contains(ours(prometheus));
        }
    }

    /// The metrics that the pipeline has, without those of the JVM, as the guide lists them.
    private static List<String> ours(PrometheusProcess prometheus) throws Exception {
        return prometheus.series("count by (__name__) ({__name__=~\"(tiercel|enricher|detector)_.*\"})").stream()
                .map(series -> series.at("/metric/__name__").asText())
                .map(name -> "`" + name.replaceFirst("_(bucket|sum|count|max)$", "") + "`")
                .toList();
    }

    private static void audit(int port, String id) throws Exception {
        String event = """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%s","stage":"ResponseComplete",\
                "requestURI":"/api/v1/namespaces/shop/secrets/s","verb":"get","user":{"username":"alice"},\
                "objectRef":{"resource":"secrets","namespace":"shop","name":"s","apiVersion":"v1"},\
                "responseStatus":{"code":200},"requestReceivedTimestamp":"%s","stageTimestamp":"%s"}""".formatted(id, Instant.now(), Instant.now());
        new Webhook(port, "/k8s-audit").post(event);
    }

    /// A record that is no batch.
    private static void spoil(Map<String, Object> client) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.EVENTS_SYSCALL.name(), "no batch".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
