package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.rules.RuleCompiler;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void namesCommitEngineAndKernelAbi() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out().lines())
                .hasSize(5)
                .anyMatch(line -> line.matches("commit ([0-9a-f]{12}(-dirty)?|unknown)"))
                .contains("rule language of Falco's engine " + RuleCompiler.engineVersion())
                .contains("kernel ABI " + KeventAbi.VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version -o json", "-o JSON --version", "-V --output=json", "doctor -o json --version"})
    void isOneObjectAsJson(String arguments) throws Exception {
        Run run = Run.of(arguments.split(" ", -1));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        JsonNode version = new ObjectMapper().readTree(run.out());
        assertThat(version.fieldNames()).toIterable().containsExactly("version", "commit", "engine", "kernel_abi", "jvm");
        assertThat(version.path("kernel_abi").intValue()).isEqualTo(KeventAbi.VERSION);
    }

    @Test
    void theFormOfTheVersionIsNotThatOfACommand() {
        assertThat(Run.of("-o", "json").exitCode()).isEqualTo(ExitCode.USAGE.number());
        Run run = Run.of("-o", "json", "doctor");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("-o belongs after the command: tiercel doctor -o …");
    }

    @Test
    void aCommitWithChangesSaysSo() {
        Properties git = new Properties();
        assertThat(Version.commit(git)).isEqualTo("unknown");
        git.setProperty("git.commit.id.abbrev", "0123456789ab");
        git.setProperty("git.dirty", "false");
        assertThat(Version.commit(git)).isEqualTo("0123456789ab");
        git.setProperty("git.dirty", "true");
        assertThat(Version.commit(git)).isEqualTo("0123456789ab-dirty");
    }
}
