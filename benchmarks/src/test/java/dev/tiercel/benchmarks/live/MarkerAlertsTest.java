package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkerAlertsTest {
    private static final Instant HAPPENED = Instant.parse("2026-11-26T13:54:00.123456789Z");

    private final MarkerAlerts alerts = new MarkerAlerts();

    @Test
    void knowsHowLongEachMarkerTook() throws InterruptedException {
        alerts.accept(alert(MarkerRule.NAME, "/tmp/marker-1/marker-7"), HAPPENED.plusMillis(30));
        alerts.accept(alert(MarkerRule.NAME, "/tmp/marker-8"), HAPPENED.plusMillis(10));
        alerts.accept(alert("Another rule", "/etc/shadow"), HAPPENED.plusMillis(10));
        alerts.accept(alert(MarkerRule.NAME, "/tmp/marker-9"), HAPPENED.plusMillis(50));
        assertThat(alerts.await(7, 9, Duration.ofDays(1)).nanos()).isEqualTo(List.of(10_000_000L, 30_000_000L));
    }

    @Test
    void waitsNoLongerThanTheLimitForThoseThatAreLost() throws InterruptedException {
        assertThat(alerts.await(0, 5, Duration.ZERO).count()).isZero();
    }

    @Test
    void refusesWhatIsNoAlert() {
        assertThatThrownBy(() -> alerts.accept("13:55:17 Notice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an alert in JSON: 13:55:17 Notice");
    }

    private static String alert(String rule, String file) {
        return """
                {"time": "%s", "rule": "%s", "output_fields": {"fd.name": "%s"}}""".formatted(HAPPENED, rule, file);
    }
}
