package dev.tiercel.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No command takes a variable of the launcher or of the tests for a setting.
class LauncherVariablesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\bTIERCEL_[A-Z_]+");

    @TempDir
    Path folder;

    /// All that the scripts name, and those of the guide's table.
    static Set<String> variables() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> scripts = Files.walk(Checkout.root().resolve("bin"))) {
            for (Path script : scripts.filter(Files::isRegularFile).toList()) found.addAll(in(script));
        }
        for (String file : new String[] {"tiercel", ".ci/run", ".env", "docker-compose.yml"})
            found.addAll(in(Checkout.root().resolve(file)));
        assertThat(found).contains("TIERCEL_NO_TRAINING", "TIERCEL_JAVA_OPTIONS");
        assertThat(found.remove("TIERCEL_HEALTH_FILE"))
                .as("a setting of the parts of the stack")
                .isTrue();
        return found;
    }

    private static Set<String> in(Path file) throws IOException {
        return VARIABLE.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    @ParameterizedTest
    @MethodSource("variables")
    void isIgnored(String variable) {
        Settings settings =
                SettingsOptions.environment(java.util.Map.of(variable, "1")).read();
        settings.requireValid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "collect", "detect"})
    void everyAppPrintsItsSettings(String command) {
        Run run = Run.of(
                command, "--print-config", "--data", folder.resolve("data").toString());
        if (!command.equals("up")) run = Run.of(command, "--print-config");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out()).contains("health.port").contains("8765");
        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void anotherVariableIsAProblem() {
        Settings settings = SettingsOptions.environment(java.util.Map.of("TIERCEL_HEALTH_PROT", "1"))
                .read();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(settings::requireValid))
                .hasMessageContaining("health.prot");
    }
}
