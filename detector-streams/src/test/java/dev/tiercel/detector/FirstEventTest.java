package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The default rules judge the first event of a task as they judge every other.
class FirstEventTest {
    private static final String ATTACH = """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"1","stage":"ResponseStarted",\
            "requestURI":"/api/v1/namespaces/shop/pods/web/attach?container=web","verb":"create",\
            "user":{"username":"eve","groups":["system:masters"]},"sourceIPs":["192.0.2.1"],\
            "objectRef":{"resource":"pods","namespace":"shop","name":"web","apiVersion":"v1","subresource":"attach"},\
            "responseStatus":{"metadata":{},"code":101},"stageTimestamp":"2026-01-01T00:00:00.000000Z"}""";

    @Test
    void raisesAnAlertForTheFirstEvent() {
        RuleSet rules = RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        AvroSerde<SourceEvent> serde = AvroSerde.of(SourceEvent.class, new InMemoryRegistry(), Topics.EVENTS_K8S_AUDIT);
        try (Metrics metrics = new Metrics()) {
            Judge judge = DocumentJudge.bench(
                            "k8s_audit",
                            serde,
                            DetectorSerdes.of(new InMemoryRegistry()).alerts(),
                            new DetectorMetrics(metrics))
                    .judge(new LoadedRules(rules, "1", Instant.EPOCH));
            for (int offset = 0; offset < 3; offset++) {
                ByteBuffer document = ByteBuffer.wrap(ATTACH.getBytes(StandardCharsets.UTF_8));
                SourceEvent event =
                        new SourceEvent("1/ResponseStarted", 1L, "k8s_audit", "", "eve", "create", document, 0L);
                judge.begin(serde.write(event), new EventLocation("events.k8s-audit", 0, offset, 0));
                assertThat(judge.advance()).isFalse();
                assertThat(judge.raised())
                        .as("offset %d", offset)
                        .filteredOn(Detection.class::isInstance)
                        .hasSize(1);
            }
        }
    }
}
