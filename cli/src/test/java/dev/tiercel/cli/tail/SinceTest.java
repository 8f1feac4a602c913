package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SinceTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-26T11:58:30Z",
        "10m, 2026-11-26T11:50:00Z",
        "2h, 2026-11-26T10:00:00Z",
        "7d, 2026-11-19T12:00:00Z",
        "2026-11-26T10:00:00Z, 2026-11-26T10:00:00Z",
        "2026-11-26T10:00, 2026-11-26T09:00:00Z",
        "2026-11-26, 2026-11-25T23:00:00Z"
    })
    void readsSpansAndTimes(String text, Instant expected) {
        assertThat(Since.at(text, NOW, BERLIN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 m", "yesterday", "2026-13-01", "-5m", "2026-11-26T"})
    void whatIsNoTimeSaysWhatIs(String text) {
        assertThatThrownBy(() -> Since.at(text, NOW, BERLIN))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("is no time: 10m, 2h, 7d ago");
    }
}
