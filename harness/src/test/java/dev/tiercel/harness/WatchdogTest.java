package dev.tiercel.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchdogTest {
    @TempDir
    private Path runs;

    @ParameterizedTest
    @ValueSource(
            classes = {
                Hangs.InATestThatIgnoresItsInterrupt.class,
                Hangs.InItsInitialiser.class,
                Hangs.BeforeAllTests.class,
                Hangs.AfterAllTests.class
            })
    void aClassThatHangsEndsWithAThreadDump(Class<?> hanging) throws Exception {
        Finished jvm = run(hanging);

        assertThat(jvm.status()).isEqualTo(Watchdog.EXIT_CODE);
        assertThat(jvm.err())
                .contains("test watchdog: nothing for 1 s since the ", hanging.getSimpleName(), "Hangs.forever");
        assertThat(records())
                .singleElement()
                .asString()
                .startsWith("started " + hanging.getName())
                .contains("Hangs.forever");
    }

    @Test
    void aJvmThatExitsInATestLeavesItsRecord() throws Exception {
        assertThat(run(Hangs.Exits.class).status()).isZero();

        assertThat(records()).containsExactly("started " + Hangs.Exits.class.getName() + "\n");
    }

    @Test
    void aRunThatEndsLeavesNothing() throws Exception {
        assertThat(run(Hangs.Ends.class)).isEqualTo(new Finished(0, ""));

        assertThat(records()).isEmpty();
    }

    private record Finished(int status, String err) {}

    private Finished run(Class<?> tests) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dtiercel.test.silence=1",
                        "-Dtiercel.test.runs=" + runs,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hangs.class.getName(),
                        tests.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String err = new String(java.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(java.waitFor(), err);
    }

    private List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files.map(WatchdogTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
