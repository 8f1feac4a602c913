package dev.tiercel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final StringWriter said = new StringWriter();
    private final Console console = new Console(new PrintWriter(said, true));

    @Test
    void aStepIsOneLineWithItsTime() {
        assertThat(console.step("starting Kafka", () -> 7)).isEqualTo(7);
        assertThat(said.toString()).matches("tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void whatIsSaidDuringAStepHasALineOfItsOwn() {
        console.step("starting Kafka", () -> console.print("port 9092 is taken"));
        assertThat(said.toString())
                .matches("tiercel: starting Kafka … \\Rtiercel: port 9092 is taken\\R"
                        + "tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void aStepThatFailsSaysSoAndThrows() {
        assertThatThrownBy(() -> console.step("starting Kafka", () -> {
                    throw new EnvironmentException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(said.toString()).endsWith("… failed" + System.lineSeparator());
    }

    @Test
    void numbersAgreeWithTheirNouns() {
        assertThat(Console.counted(1, "rule")).isEqualTo("1 rule");
        assertThat(Console.counted(0, "rule")).isEqualTo("0 rules");
    }
}
