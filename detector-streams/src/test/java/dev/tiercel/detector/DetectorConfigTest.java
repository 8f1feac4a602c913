package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.rules.Priority;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.service.Setting;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DetectorConfigTest {
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
                        new DetectorConfig.Judging(Priority.DEBUG, RuleMatching.FIRST, List.of()),
                        new DetectorConfig.Format(false, AlertJson.Include.DEFAULT)));
        Golden.check("settings.md", Setting.markdown(settings.settings()));
    }

    @Test
    void everyKeyMaps() {
        Settings settings = Settings.from()
                .set("detector.application-id=a")
                .set("detector.threads=2")
                .set("detector.state-dir=/s")
                .set("detector.commit-interval=50ms")
                .set("detector.minimum-priority=notice")
                .set("detector.rule-matching=all")
                .set("detector.select=disable tag=network, enable rule=Read sensitive*")
                .set("detector.time-format-iso-8601=true")
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
                        new DetectorConfig.Judging(
                                Priority.NOTICE,
                                RuleMatching.ALL,
                                List.of(
                                        new RuleSelection.ByTag(false, "network"),
                                        new RuleSelection.ByName(true, "Read sensitive*"))),
                        new DetectorConfig.Format(true, new AlertJson.Include(false, true, false, false))));
    }

    @Test
    void selectionsThatSayNothingAreRefused() {
        Settings settings = Settings.of(Map.of("detector.select", "switch off everything"));
        DetectorConfig.from(settings);
        assertThatThrownBy(settings::requireValid).hasMessageContaining("must be enable|disable rule=GLOB|tag=TAG");
    }
}
