package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class AlertTextTest {
    private final Detection detection = Detections.of("An open was seen (command=cat /dev/null)");

    @Test
    void printsTheTimeOfDayOfItsZone() {
        assertThat(new AlertText(false, ZoneId.of("Asia/Kolkata")).line(detection))
                .isEqualTo("21:47:57.881781397: Warning An open was seen (command=cat /dev/null)");
    }

    @Test
    void printsIsoTimeInUtcInAnyZone() {
        assertThat(new AlertText(true, ZoneId.of("Asia/Kolkata")).line(detection))
                .isEqualTo("2016-08-04T16:17:57.881781397+0000: Warning An open was seen (command=cat /dev/null)");
    }

    @Test
    void printsTimesBeforeTheEpoch() {
        assertThat(AlertClock.iso(-1)).isEqualTo("1969-12-31T23:59:59.999999999+0000");
        assertThat(AlertClock.ofDay(-1, ZoneOffset.UTC)).isEqualTo("23:59:59.999999999");
        assertThat(AlertClock.json(0)).isEqualTo("1970-01-01T00:00:00.000000000Z");
    }
}
