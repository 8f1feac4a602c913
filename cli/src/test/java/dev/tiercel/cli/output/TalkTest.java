package dev.tiercel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TalkTest {
    private final StringWriter said = new StringWriter();
    private final Talk talk = new Talk(new PrintWriter(said, true));

    @Test
    void aStepIsOneLineWithItsTime() {
        assertThat(talk.step("starting Kafka", () -> 7)).isEqualTo(7);
        assertThat(said.toString()).matches("tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void whatIsSaidDuringAStepHasALineOfItsOwn() {
        talk.step("starting Kafka", () -> talk.say("port 9092 is taken"));
        assertThat(said.toString())
                .matches("tiercel: starting Kafka … \\Rtiercel: port 9092 is taken\\R"
                        + "tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void aStepThatFailsSaysSoAndThrows() {
        assertThatThrownBy(() -> talk.step("starting Kafka", () -> {
                    throw new EnvironmentException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(said.toString()).endsWith("… failed" + System.lineSeparator());
    }

    @Test
    void numbersAgreeWithTheirNouns() {
        assertThat(Talk.counted(1, "rule")).isEqualTo("1 rule");
        assertThat(Talk.counted(0, "rule")).isEqualTo("0 rules");
    }
}
