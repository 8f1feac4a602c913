package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.correlation.Budget;
import dev.tiercel.detector.correlate.CorrelationConfig;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsSources;
import dev.tiercel.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectorConfigTest {
    private static final String APPENDED = """
            [{"match": {"source": "syscall", "tags": ["container"], "rule": "Cat"},
              "extra_output": "node=%evt.hostname", "extra_fields": [{"team": "%k8s.ns.name"}]}]
            """;

    @Test
    void defaults() {
        Settings settings = Settings.of(Map.of());
        DetectorConfig config = DetectorConfig.from(settings);
        settings.requireValid();
        assertThat(config)
                .isEqualTo(new DetectorConfig(
                        "tiercel-detector",
                        1,
                        Path.of("/var/lib/tiercel/detector"),
                        Duration.ofMillis(30),
                        new DetectorConfig.Judging(Priority.DEBUG, RuleMatching.FIRST, List.of(), List.of(), Map.of()),
                        new DetectorConfig.AlertOptions(false, AlertJson.Include.DEFAULT),
                        Duration.ofSeconds(5),
                        CorrelationConfig.from(Settings.of(Map.of()))));
        Golden.check("settings.md", settings.markdown());
    }

    @Test
    void everyKeyMaps() {
        Settings settings = correlationSettings()
                .set("detector.application-id=a")
                .set("detector.threads=2")
                .set("detector.state-dir=/s")
                .set("detector.commit-interval=50ms")
                .set("detector.minimum-priority=notice")
                .set("detector.rule-matching=all")
                .set("detector.select=disable tag=network, enable rule=Read sensitive*")
                .set("detector.append-output=" + APPENDED)
                .set("detector.static-fields=site=berlin")
                .set("detector.time-format-iso-8601=true")
                .set("detector.metadata-wait=1m")
                .set("detector.grace.syscall=1s")
                .set("detector.grace.k8s-audit=2s")
                .set("detector.grace.aws-cloudtrail=3s")
                .set("detector.grace.okta=4s")
                .set("detector.grace.github=5s")
                .set("detector.grace.gcp-auditlog=6s")
                .set("detector.grace.json=7s")
                .set("detector.json-include-output-property=false")
                .set("detector.json-include-message-property=true")
                .set("detector.json-include-output-fields-property=false")
                .set("detector.json-include-tags-property=false")
                .read();
        DetectorConfig config = DetectorConfig.from(settings);
        settings.requireValid();
        assertThat(config)
                .isEqualTo(new DetectorConfig(
                        "a",
                        2,
                        Path.of("/s"),
                        Duration.ofMillis(50),
                        judging(),
                        new DetectorConfig.AlertOptions(true, new AlertJson.Include(false, true, false, false)),
                        Duration.ofMinutes(1),
                        correlations()));
    }

    private static DetectorConfig.Judging judging() {
        return new DetectorConfig.Judging(
                Priority.NOTICE,
                RuleMatching.ALL,
                List.of(new RuleSelection.ByTag(false, "network"), new RuleSelection.ByName(true, "Read sensitive*")),
                List.of(
                        new ExtraOutput("node=%evt.hostname", "syscall", Set.of("container"), "Cat"),
                        ExtraOutput.field("team", "%k8s.ns.name", "syscall", Set.of("container"), "Cat")),
                Map.of("site", "berlin"));
    }

    private static SettingsSources correlationSettings() {
        return Settings.from()
                .set("detector.correlations.memory=128MiB")
                .set("detector.correlations.decoded=1MiB")
                .set("detector.correlations.budget.matches=5")
                .set("detector.correlations.budget.state=6MiB")
                .set("detector.correlations.budget.time=7ms")
                .set("detector.correlations.quarantine=8m");
    }

    private static CorrelationConfig correlations() {
        return new CorrelationConfig(
                Map.of(
                        "syscall", Duration.ofSeconds(1),
                        "k8s_audit", Duration.ofSeconds(2),
                        "aws_cloudtrail", Duration.ofSeconds(3),
                        "okta", Duration.ofSeconds(4),
                        "github", Duration.ofSeconds(5),
                        "gcp_auditlog", Duration.ofSeconds(6),
                        "json", Duration.ofSeconds(7)),
                128L << 20,
                1L << 20,
                new Budget(5, 6L << 20, 7_000_000, Duration.ofMinutes(8)));
    }

    @Test
    void invalidSelectionsAreRefused() {
        Settings settings = Settings.of(Map.of("detector.select", "switch off everything"));
        DetectorConfig.from(settings);
        assertThatThrownBy(settings::requireValid).hasMessageContaining("must be enable|disable rule=GLOB|tag=TAG");
    }

    @Test
    void nothingWaitsLongerThanAMinute() {
        Settings settings = Settings.of(Map.of("detector.metadata-wait", "61s"));
        DetectorConfig.from(settings);
        assertThatThrownBy(settings::requireValid)
                .hasMessageContaining("detector.metadata-wait")
                .hasMessageContaining("must be between 0s and 1m");
    }

    @Test
    void aFieldByItsNameKeepsItsValue() {
        assertThat(AppendOutput.parse("[{\"extra_fields\": [\"proc.aname[2]\"]}]"))
                .containsExactly(ExtraOutput.rawField("proc.aname[2]", "", Set.of(), ""));
    }

    @Test
    void suggestedOutputsComeFromTheFields() {
        assertThat(AppendOutput.parse("[{\"suggested_output\": true}]"))
                .extracting(ExtraOutput::format)
                .contains("container_id=%container.id", "k8s_pod_name=%k8s.pod.name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    detector.append-output | {}                           | is not a JSON list
                    detector.append-output | [                            | is not JSON
                    detector.append-output | [7]                          | not an object
                    detector.append-output | [{"extra_outputs": "x"}]     | unknown key 'extra_outputs'; known: [extra_fields
                    detector.append-output | [{"match": {"tag": "x"}}]    | unknown key 'tag'; known: [rule, source, tags]
                    detector.append-output | [{"extra_fields": [[1]]}]    | neither a field nor {name: format}
                    detector.append-output | [{"extra_output": 7}]        | extra_output that is not a string
                    detector.static-fields | berlin                       | 'berlin' must be NAME=VALUE
                    detector.static-fields | a.b=c                        | 'a.b=c' must be NAME=VALUE
                    """)
    void invalidValuesAreReported(String key, String value, String problem) {
        Settings settings = Settings.of(Map.of(key, value));
        DetectorConfig.from(settings);
        assertThatThrownBy(settings::requireValid).hasMessageContaining(key).hasMessageContaining(problem);
    }
}
