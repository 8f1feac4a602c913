package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command line that is wrong ends before anything starts.
class LiveCostTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rates 1,x",
                "--rates -5",
                "--seconds 0",
                "--markers -1",
                "--beside 1 --only-beside 1",
                "--collect --only-beside 1",
                "--nonsense"
            })
    void refusesWhatMakesNoSense(String arguments) {
        assertThat(LiveCost.run(arguments.split(" ", -1))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rules /nonexistent.yaml", "--only-beside no-such-process"})
    void saysWhatIsMissing(String arguments) {
        assertThat(LiveCost.run(arguments.split(" ", -1))).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void explainsItself(String argument) {
        assertThat(LiveCost.run(argument)).isZero();
    }
}
