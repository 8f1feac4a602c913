package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private enum Matching {
        FIRST,
        ALL_OF_THEM
    }

    @Test
    void laterSourcesWin(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tiercel.conf");
        Files.writeString(file, "# comment\n\na.one = 1\na.two = 1\na.three=1\n");
        Settings settings = Settings.from()
                .set("a.three=3")
                .environment(Map.of("TIERCEL_A_TWO", "2", "TIERCEL_A_THREE", "2", "HOME", "/"))
                .file(file)
                .read();

        assertThat(settings.integer("a.zero", 0, 0, 9, "Zero.")).isZero();
        assertThat(settings.integer("a.one", 0, 0, 9, "One.")).isEqualTo(1);
        assertThat(settings.integer("a.two", 0, 0, 9, "Two.")).isEqualTo(2);
        assertThat(settings.integer("a.three", 0, 0, 9, "Three.")).isEqualTo(3);
        settings.requireValid();
        assertThat(settings.settings())
                .extracting(Setting::source)
                .containsExactly("default", file + ":3", "environment TIERCEL_A_TWO", "--set");
    }

    @Test
    void everyTypeMaps() {
        Settings settings = Settings.of(Map.of(
                "duration",
                "90s",
                "size",
                "8MiB",
                "flag",
                "true",
                "list",
                "a, b,,c",
                "enum",
                "all-of-them",
                "path",
                "/x/y"));
        assertThat(settings.duration("duration", Duration.ZERO, "D.")).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.sizeBytes("size", 0, "S.")).isEqualTo(8 << 20);
        assertThat(settings.flag("flag", false, "F.")).isTrue();
        assertThat(settings.list("list", List.of(), "L.")).containsExactly("a", "b", "c");
        assertThat(settings.oneOf("enum", Matching.FIRST, "E.")).isEqualTo(Matching.ALL_OF_THEM);
        assertThat(settings.path("path", Path.of("."), "P.")).isEqualTo(Path.of("/x/y"));
        settings.requireValid();
    }

    @Test
    void everyProblemIsReportedAtOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bad.conf");
        Files.writeString(file, "detector.thread = 2\nnonsense\ndetector.threads = many\ndetector.threads = 3x\n");
        Settings settings = Settings.from()
                .file(file)
                .environment(Map.of("TIERCEL_DETECTOR_ISO_TIME", "maybe"))
                .set("detector.old=1")
                .set("wrong")
                .read();
        assertThat(settings.integer("detector.threads", 1, 1, 8, "Threads.")).isEqualTo(1);
        assertThat(settings.flag("detector.iso-time", false, "Iso.")).isFalse();
        settings.gone("detector.old", "use detector.threads");

        SettingsException failure = catchThrowableOfType(SettingsException.class, settings::requireValid);

        assertThat(failure.problems())
                .containsExactlyInAnyOrder(
                        file + ":2: must be key = value: nonsense",
                        file + ":4: detector.threads is set twice, first at " + file + ":3",
                        "--set wrong: must be key=value",
                        file + ":4: detector.threads = 3x: must be integer 1..8",
                        "environment TIERCEL_DETECTOR_ISO_TIME: detector.iso-time = maybe: must be true or false",
                        "--set: detector.old is gone: use detector.threads",
                        file + ":1: unknown key detector.thread (did you mean detector.threads?)");
    }

    @Test
    void unknownVariablesAreRejectedUnlessTheyAreTheLaunchers() {
        Settings settings = Settings.from()
                .environment(Map.of("TIERCEL_HOME", "/opt", "TIERCEL_DETECTOR_THREADZ", "1"))
                .ignoringEnvironment("TIERCEL_HOME")
                .read();
        settings.integer("detector.threads", 1, 1, 8, "Threads.");
        assertThatThrownBy(settings::requireValid)
                .hasMessage("environment TIERCEL_DETECTOR_THREADZ: unknown key detector.threadz"
                        + " (did you mean detector.threads?)");
    }

    @Test
    void anotherAppsKeysMayBeInTheSameFile() {
        Settings settings = Settings.of(Map.of("collector.lanes", "4"));
        settings.foreign("collector.");
        settings.requireValid();
    }

    @Test
    void keysOfAPartAreItsOwnOnceOneIsRead() {
        Settings settings = Settings.of(Map.of("collector.lanes", "4", "detector.threadz", "1"));
        settings.part("collector.");
        settings.part("detector.");
        settings.requireValid();
        settings.integer("detector.threads", 1, 1, 8, "Threads.");
        assertThatThrownBy(settings::requireValid)
                .hasMessage("--set: unknown key detector.threadz (did you mean detector.threads?)");
    }

    @Test
    void kafkaSettingsPassUnchanged() {
        Settings settings = Settings.from()
                .environment(Map.of("TIERCEL_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"))
                .set("kafka.bootstrap.servers=a:1,b:2")
                .set("kafka.sasl.jaas.config=Module required password=\"p=q\";")
                .read();
        assertThat(settings.kafka())
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1,b:2",
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "Module required password=\"p=q\";"));
        settings.requireValid();
    }

    @Test
    void secretsAreNeverShown() {
        Settings settings = Settings.of(Map.of("registry.password", "hunter2", "kafka.ssl.key.password", "hunter2"));
        settings.text("registry.password", "", "Password.");
        settings.requireValid();
        assertThat(settings.describe()).doesNotContain("hunter2").contains("registry.password = " + Setting.MASK);
    }

    @Test
    void describesEffectiveValuesAndTheirSources() {
        Settings settings = Settings.of(Map.of("b", "2"));
        settings.duration("a.linger", Duration.ofMillis(5), "Linger.");
        settings.integer("b", 1, 0, 9, "B.");
        assertThat(settings.describe().lines()).containsExactly("a.linger = 5ms  # default", "b = 2           # --set");
        assertThat(settings.markdown().lines())
                .containsExactly(
                        "| key | value | default | meaning |",
                        "|---|---|---|---|",
                        "| `a.linger` | duration | `5ms` | Linger. |",
                        "| `b` | integer 0..9 | `1` | B. |");
    }

    @Test
    void missingFilesAreAProblemNotAStackTrace() {
        Settings settings = Settings.from().file(Path.of("/nonexistent/x.conf")).read();
        assertThatThrownBy(settings::requireValid)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("/nonexistent/x.conf: cannot be read");
    }

    @Test
    void unitsPrintAsTheyAreRead() {
        for (String text : List.of("0ms", "1500ms", "5s", "90s", "10m", "2h", "7d")) {
            assertThat(Units.print(Units.duration(text))).isEqualTo(text);
        }
        for (String text : List.of("0", "1000", "64KiB", "8MiB", "3GiB")) {
            assertThat(Units.print(Units.sizeBytes(text))).isEqualTo(text);
        }
        for (String text : List.of("", "5", "5 weeks", "-1s", "99999999999999999999s")) {
            assertThatThrownBy(() -> Units.duration(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Units.sizeBytes("99999999999GiB")).hasMessage("is too large");
    }

    @Test
    void reportsEachBadValueOfAList() {
        Settings settings = Settings.of(Map.of("numbers", "1, x,2,y"));
        assertThat(settings.list("numbers", "N.", Integer::valueOf)).containsExactly(1, 2);
        assertThatThrownBy(settings::requireValid).hasMessageContaining("\"x\"").hasMessageContaining("\"y\"");
    }
}
