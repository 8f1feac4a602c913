package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./tiercel` does before and beside the command: locale, builds that wait, training.
final class LauncherTest {
    private static final Path ROOT = Machine.root("");

    /// The functions of the launcher, with a `java` that writes the file that it is asked for, and no delay.
    private static final String FUNCTIONS = """
            set -euo pipefail
            state=$1 root=$2 java25=$1/jdk training_delay=0
            . "$root/bin/lib/messages.sh"
            . "$root/bin/lib/build.sh"
            training_delay=0
            java_flags() { flags=(-Xmx1m); }
            """;

    private static final String JAVA = """
            #!/usr/bin/env bash
            echo "nice $(nice)"
            for argument; do
                if [[ $argument == -XX:AOTCacheOutput=* ]]; then echo cache >"${argument#*=}"; fi
            done
            """;

    @TempDir
    private Path state;

    @BeforeEach
    void prepare() throws IOException {
        Path java = state.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(state.resolve("java.stamp"), "built");
        Files.writeString(state.resolve("classpath"), "x.jar");
        Files.writeString(state.resolve("node.classpath"), "x.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "xx_XX"})
    void everyLocaleNamesFilesBeyondAscii(String locale) throws Exception {
        Path file = Files.writeString(state.resolve("règle ✓.txt"), "");
        String script = """
                eval "$(grep 'locale charmap' "$1/tiercel")"
                exec "$2" -cp "$3" "$4" "$5"
                """;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> arguments = List.of(
                ROOT.toString(), java, System.getProperty("java.class.path"), Exists.class.getName(), file.toString());
        assertThat(bash(script, Map.of("LC_ALL", locale), arguments)).endsWith("true\n");
    }

    /// Whether the file that its argument names exists.
    static final class Exists {
        private Exists() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            System.out.println(Files.exists(Path.of(arguments[0])));
        }
    }

    /// The lock is free once the training has ended.
    @Test
    void trainingWaitsForNobodyAndGivesWay() throws Exception {
        functions("train_later; while [[ ! -s $state/training.log ]]; do :; done; flock $state/training.lock true");
        assertThat(state.resolve("up.aot")).hasContent("cache");
        assertThat(state.resolve("node.aot")).isEmptyFile(); // this java has no broker to train with
        assertThat(state.resolve("training.log")).content().contains("nice 19");
    }

    @Test
    void whatIsTrainedOrUnwantedIsNotTrained() throws Exception {
        Files.writeString(state.resolve("up.aot"), "present");
        Files.writeString(state.resolve("node.aot"), "");
        functions("train_later; train_now");
        assertThat(state.resolve("up.aot")).hasContent("present");
        Files.delete(state.resolve("up.aot"));
        functions("TIERCEL_NO_TRAINING=1; train_later; train_now");
        assertThat(state.resolve("training.log")).doesNotExist();
    }

    @Test
    void aCacheOfJarsThatWereReplacedIsNotUsed() throws Exception {
        Files.writeString(state.resolve("jdk/bin/java"), JAVA + "echo rebuilt >" + state + "/java.stamp\n");
        functions("train");
        assertThat(state.resolve("up.aot")).doesNotExist();
    }

    @Test
    void whoWaitsForABuildSaysSo() throws Exception {
        String said = functions("""
                probe_up_to_date() { false; }
                build_probe() { :; }
                build_java() { :; }
                exec 9>"$state/lock"
                flock 9
                build 2>"$state/said" 9>&- &
                while [[ ! -s $state/said ]]; do :; done
                exec 9>&-
                wait
                cat "$state/said"
                """);
        assertThat(said).startsWith("tiercel: another ./tiercel is building; waiting for it");
    }

    private String functions(String script) throws Exception {
        return bash(FUNCTIONS + script, Map.of(), List.of(state.toString(), ROOT.toString()));
    }

    private static String bash(String script, Map<String, String> environment, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "launcher"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TIERCEL_NO_TRAINING");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
