package dev.tiercel.collector.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.EventType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void everyRowFitsItsEventType(String architecture) {
        CallTable table = CallTable.of(architecture); // a row that does not fit throws

        assertThat(IntStream.range(0, 512).filter(number -> table.get(number) != null))
                .hasSizeGreaterThan(70);
    }

    @ParameterizedTest
    @CsvSource({
        "openat,257,56",
        "execve,59,221",
        "connect,42,203",
        "setns,308,268",
        "fchmodat2,452,452",
        "openat2,437,437"
    })
    void numbersMatchTheKernel(String name, int amd64, int aarch64) {
        assertThat(CallTable.of("amd64").number(name)).contains(amd64);
        assertThat(CallTable.of("aarch64").number(name)).contains(aarch64);
    }

    @Test
    void callsMissingOnAnArchitectureAreAbsent() {
        assertThat(CallTable.of("aarch64").number("open")).isEmpty();
        assertThat(CallTable.of("amd64").get(-1)).isNull();
        assertThat(CallTable.of("amd64").get(65535)).isNull();
    }

    @Test
    void callsWithoutAnEventTypeOfTheirOwnShareOne() {
        CallTable table = CallTable.of("amd64");

        assertThat(table.get(table.number("fchmodat2").orElseThrow()))
                .isNotNull()
                .extracting(Call::type)
                .isEqualTo(EventType.FCHMODAT);
        assertThat(table.get(table.number("prlimit64").orElseThrow()))
                .isNotNull()
                .extracting(Call::type)
                .isEqualTo(EventType.PRLIMIT);
    }
}
