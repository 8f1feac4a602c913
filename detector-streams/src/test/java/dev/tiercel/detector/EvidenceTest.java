package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.continuity.EventLog;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.service.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An alert says whether its evidence is complete.
class EvidenceTest {
    @Test
    void isIncompleteAfterALossAndAfterAGapOfTheWatch() {
        assertThat(complete(0, 0)).isTrue();
        assertThat(complete(1, 0)).isFalse();
        assertThat(complete(0, SampleBatch.BASE_TIME - 9)).isFalse();
    }

    private static boolean complete(long lost, long unwatchedSince) {
        RuleSet rules = RuleCompiler.compile(
                        List.of(new RuleFile("rules.yaml", RuleTexts.SHADOW)), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        try (Metrics metrics = new Metrics()) {
            BatchVersions versions = new BatchVersions(new InMemoryRegistry());
            int schemaId = versions.register();
            Judge judge = new BatchBench(
                            new BatchBench.Parts(
                                    versions,
                                    new Nodes(),
                                    new KubernetesIndex(),
                                    DetectorSerdes.of(new InMemoryRegistry()).alerts(),
                                    new DetectorMetrics(metrics)),
                            EventLog.NONE,
                            Duration.ZERO)
                    .judge(new LoadedRules(rules, "1", Instant.EPOCH));
            judge.begin(
                    new SampleBatch("cat")
                            .after(unwatchedSince)
                            .open("/etc/shadow")
                            .finish(lost, schemaId),
                    new EventLocation("events.syscall", 0, 0, 0));
            assertThat(judge.advance()).isTrue();
            return ((Detection) judge.raised().getFirst()).evidenceComplete();
        }
    }
}
