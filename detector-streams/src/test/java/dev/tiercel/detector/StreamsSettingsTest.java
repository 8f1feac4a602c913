package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.service.Settings;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static long recoveryLag(Map<String, String> kafka) {
        DetectorConfig config = DetectorConfig.from(Settings.of(Map.of()));
        return new StreamsConfig(StreamsSettings.of(config, "one", kafka))
                .getLong(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG);
    }

    @Test
    void withoutStandbysTasksMoveAtOnce() {
        assertThat(recoveryLag(Map.of())).isEqualTo(Long.MAX_VALUE);
        assertThat(recoveryLag(Map.of("num.standby.replicas", "0"))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withStandbysTasksGoWhereTheirStateIs() {
        assertThat(recoveryLag(Map.of("num.standby.replicas", "1"))).isEqualTo(10_000);
    }

    @Test
    void whatIsSetIsKept() {
        assertThat(recoveryLag(Map.of("acceptable.recovery.lag", "7"))).isEqualTo(7);
        assertThat(recoveryLag(Map.of("num.standby.replicas", "1", "acceptable.recovery.lag", "7")))
                .isEqualTo(7);
    }
}
