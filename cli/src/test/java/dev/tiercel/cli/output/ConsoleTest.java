package dev.tiercel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final StringWriter written = new StringWriter();
    private final Console console = new Console(new PrintWriter(written, true));

    @Test
    void aStepIsOneLineWithItsDuration() {
        assertThat(console.step("starting Kafka", () -> 7)).isEqualTo(7);
        assertThat(written.toString()).matches("tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void aMessageDuringAStepHasALineOfItsOwn() {
        console.step("starting Kafka", () -> console.print("port 9092 is taken"));
        assertThat(written.toString())
                .matches("tiercel: starting Kafka … \\Rtiercel: port 9092 is taken\\R"
                        + "tiercel: starting Kafka … \\d+\\.\\d s\\R");
    }

    @Test
    void aFailedStepIsReportedAndThrows() {
        assertThatThrownBy(() -> console.step("starting Kafka", () -> {
                    throw new EnvironmentException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(written.toString()).endsWith("… failed" + System.lineSeparator());
    }

    @Test
    void numbersAgreeWithTheirNouns() {
        assertThat(Console.counted(1, "rule")).isEqualTo("1 rule");
        assertThat(Console.counted(0, "rule")).isEqualTo("0 rules");
    }
}
