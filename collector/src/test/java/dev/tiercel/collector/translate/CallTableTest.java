package dev.tiercel.collector.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.EventType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void everyRowFitsItsEventType(String architecture) {
        CallTable table = CallTable.of(architecture); // a row that does not fit throws

        assertThat(table.numbers()).hasSizeGreaterThan(70);
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
        assertThat(CallTable.of("amd64").numbers()).containsEntry(name, amd64);
        assertThat(CallTable.of("aarch64").numbers()).containsEntry(name, aarch64);
    }

    @Test
    void callsMissingOnAnArchitectureAreAbsent() {
        assertThat(CallTable.of("aarch64").numbers()).doesNotContainKey("open");
        assertThat(CallTable.of("amd64").get(-1)).isNull();
        assertThat(CallTable.of("amd64").get(65535)).isNull();
    }

    @Test
    void callsWithoutAnEventTypeOfTheirOwnShareOne() {
        CallTable table = CallTable.of("amd64");

        assertThat(type(table, "fchmodat2")).isEqualTo(EventType.FCHMODAT);
        assertThat(type(table, "prlimit64")).isEqualTo(EventType.PRLIMIT);
    }

    private static EventType type(CallTable table, String name) {
        return Objects.requireNonNull(table.get(table.numbers().getOrDefault(name, -1)))
                .type();
    }
}
