package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.harness.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    /// Sets what bash sets, calls the function that is registered for the command, and prints its answers.
    private static final String COMPLETE = """
            source "$1"
            shift
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            COMP_LINE="$*"
            COMP_POINT=${#COMP_LINE}
            registered=$(complete -p tiercel)
            [[ $registered =~ -F\\ ([^ ]+) ]]
            "${BASH_REMATCH[1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    /// The same with zsh's emulation of bash's completion, which filters the answers only at a prompt.
    private static final String COMPLETE_ZSH = """
            autoload -U compinit && compinit -u -D
            source "$1"
            shift
            setopt ksharrays
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            COMP_LINE="$*"
            COMP_POINT=${#COMP_LINE}
            registered=${_comps[tiercel]}
            function=${registered#*-F }
            "${function%% *}"
            printf '%s\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    Path folder;

    private Path script = Path.of("");

    @BeforeEach
    void write() throws Exception {
        Run run = Run.of("completion", "bash");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        script = Files.writeString(folder.resolve("completion"), run.out());
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("tiercel do", "doctor"),
                Arguments.of("tiercel te", "test"),
                Arguments.of("tiercel rules che", "check"),
                Arguments.of("tiercel alerts ta", "tail"),
                Arguments.of("tiercel up -o j", "json"),
                Arguments.of("tiercel completion z", "zsh"),
                Arguments.of("tiercel rules check -o sa", "sarif"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void bashCompletes(String line, String expected) throws Exception {
        assertThat(complete(List.of("bash", "-c", COMPLETE, "bash"), line)).containsExactly(expected);
    }

    @Test
    void optionsAreCompletedToo() throws Exception {
        assertThat(complete(List.of("bash", "-c", COMPLETE, "bash"), "tiercel collect --boot"))
                .containsExactly("--bootstrap");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void zshCompletes(String line, String expected) throws Exception {
        Requirement.TOOLS.check(Run.isInstalled("zsh"), "no zsh");
        assertThat(complete(List.of("zsh", "-f", "-c", COMPLETE_ZSH, "zsh"), line)).contains(expected);
    }

    private List<String> complete(List<String> shell, String line) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.add(script.toString());
        command.addAll(List.of(line.split(" ", -1)));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process run = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(run.waitFor()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out).stream().map(String::strip).toList();
    }

    @Test
    void oneScriptServesBothShells() throws Exception {
        assertThat(Run.of("completion", "zsh").out()).isEqualTo(Files.readString(script)).contains("bashcompinit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fish", "zshh"})
    void anotherShellIsAUsageError(String shell) {
        Run run = Run.of("completion", shell);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("bash, zsh");
    }
}
