package dev.tiercel.enricher.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextTest {
    @ParameterizedTest
    @CsvSource({
        "2018-10-26T13:00:25.480102Z, 1540558825480102000",
        "2018-10-26T15:00:25+02:00, 1540558825000000000",
        "1540558825, 1540558825000000000",
        "1540558825.25, 1540558825250000000",
        "1540558825480, 1540558825480000000",
        "1540558825480102, 1540558825480102000",
        "1540558825480102123, 1540558825480102123",
    })
    void readsTimes(String text, long nanos) {
        assertThat(EventText.timeOrEpoch(text)).hasValue(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2018-10-26", "-5", "9999-12-31T23:59:59Z", "9999999999999999999", "1e9"})
    void otherTextsAreNoTimes(String text) {
        assertThat(EventText.timeOrEpoch(text)).isEmpty();
    }

    @Test
    void onlyRfc3339IsATimeWhereNothingElseIsExpected() {
        assertThat(EventText.time("1540558825")).isEmpty();
    }
}
