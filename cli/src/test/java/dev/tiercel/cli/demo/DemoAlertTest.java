package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoAlertTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:01Z");
    private static final String ALERT = """
            {"output":"o","output_fields":{"container.id":"0123456789ab"},"priority":"Warning","rule":"Log cleared",\
            "time":"2026-11-27T10:00:00.250000000Z"}""";

    @Test
    void saysWhatWhereAndWhen() {
        assertThat(DemoAlert.of(ALERT, NOW))
                .contains(new DemoAlert(
                        "Log cleared", "Warning", "o", "0123456789ab", Instant.parse("2026-11-27T10:00:00.25Z"), NOW));
    }

    @Test
    void ofWhatHasNoContainerItIsEmpty() {
        assertThat(DemoAlert.of(ALERT.replace("container.id", "ka.verb"), NOW))
                .hasValueSatisfying(alert -> assertThat(alert.container()).isEmpty());
    }

    @Test
    void aRevisionIsNoAlertOfItsOwn() {
        assertThat(DemoAlert.of(ALERT.replace("\"rule\"", "\"revision\":1,\"rule\""), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[1]", "{}", "{\"rule\":\"x\",\"time\":\"yesterday\"}", "{\"rule\":"})
    void anythingElseIsNone(String text) {
        assertThat(DemoAlert.of(text, NOW)).isEmpty();
    }
}
