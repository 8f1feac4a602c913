package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Under the JVM flags of `./tiercel`, standard output carries nothing but data.
final class LauncherFlagsTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /// Calls the launcher's function that sets `flags`, for `$1`, and runs `java` with the other arguments.
    private static final String SCRIPT = """
            state=/nonexistent root=/nonexistent
            . "$FLAGS"
            java_flags "$1"
            shift
            exec "$JAVA" "${flags[@]}" "$@"
            """;

    @TempDir
    private Path folder;

    /// Prints a line, then uses more memory than there is.
    static final class Greedy {
        private Greedy() {}

        @SuppressWarnings({"SystemOut", "ModifiedButNotUsed"})
        public static void main(String[] arguments) {
            System.out.println("data");
            List<long[]> kept = new ArrayList<>();
            while (true) {
                kept.add(new long[1 << 20]);
            }
        }
    }

    /// Prints a line, then asks its own JVM for a thread dump as `kill -QUIT` does, and ends.
    static final class Dumping {
        private Dumping() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException, InterruptedException {
            System.out.println("data");
            String pid = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
            while (!Files.readString(Path.of(arguments[0])).contains("Full thread dump")) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "collect"})
    void wantOfMemoryIsSaidOnStandardErrorWithTheMend(String command) throws Exception {
        assertThat(run(command, "-Xmx128m", Greedy.class)).isEqualTo(3);
        assertThat(out()).hasContent("data");
        assertThat(err())
                .content()
                .contains("Terminating due to java.lang.OutOfMemoryError")
                .contains("\ntiercel: the memory set aside for it is full")
                .contains("TIERCEL_JAVA_OPTIONS=-Xmx2g");
    }

    @Test
    void threadDumpsGoToStandardError() throws Exception {
        assertThat(run("up", "-Xmx128m", Dumping.class)).isZero();
        assertThat(out()).hasContent("data");
    }

    private int run(String command, String heap, Class<?> main) throws Exception {
        List<String> line = List.of(
                "bash",
                "-c",
                SCRIPT,
                "launcher",
                command,
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                err().toString());
        ProcessBuilder process =
                new ProcessBuilder(line).redirectOutput(out().toFile()).redirectError(err().toFile());
        process.environment().put("JAVA", JAVA);
        process.environment().put("FLAGS", Machine.root("bin/lib/java.sh").toString());
        return process.start().waitFor();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path err() {
        return folder.resolve("err");
    }
}
