package dev.tiercel.collector.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A long argv[0] hides no argument, and what is missing is noted.
class ArgumentVectorTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4090, 4094, 4095})
    void whatIsWithinTheBoundsStaysAsItIs(int exe) {
        byte[] area = bytes("e".repeat(exe) + "\0-c\0id\0");

        assertThat(ArgumentVector.of(area).argv()).isSameAs(area);
        assertThat(ArgumentVector.of(area).truncated()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 10_000, 131_071})
    void theArgumentsKeepTheirRoomWhateverArgv0Is(int exe) {
        ArgumentVector kept = ArgumentVector.of(bytes("e".repeat(exe) + "\0-c\0id\0"));

        assertThat(kept.argv()).isEqualTo(bytes("e".repeat(4095) + "\0-c\0id\0"));
        assertThat(kept.truncated()).isEqualTo(Truncation.EXE);
    }

    @Test
    void argumentsBeyondAPageAreCut() {
        ArgumentVector kept = ArgumentVector.of(bytes("sh\0" + "a".repeat(5_000)));

        assertThat(kept.argv()).isEqualTo(bytes("sh\0" + "a".repeat(4096)));
        assertThat(kept.truncated()).isEqualTo(Truncation.ARGUMENTS);
    }

    @Test
    void aLongArgv0WithoutAnyOtherIsCut() {
        ArgumentVector kept = ArgumentVector.of(bytes("e".repeat(5_000)));

        assertThat(kept.argv()).isEqualTo(bytes("e".repeat(4095) + "\0"));
        assertThat(kept.truncated()).isEqualTo(Truncation.EXE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
