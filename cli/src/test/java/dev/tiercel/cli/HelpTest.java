package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    static Stream<String> commands() {
        return withSubcommands("", Main.commandLine(System.out, System.err));
    }

    private static Stream<String> withSubcommands(String name, CommandLine command) {
        Stream<String> below = command.getSubcommands().entrySet().stream()
                .flatMap(sub -> withSubcommands((name + " " + sub.getKey()).strip(), sub.getValue()));
        return Stream.concat(Stream.of(name), below);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.err()).isEmpty();
        Golden.check("help/" + (command.isEmpty() ? "tiercel" : command.replace(' ', '-')) + ".txt", run.out());
    }
}
