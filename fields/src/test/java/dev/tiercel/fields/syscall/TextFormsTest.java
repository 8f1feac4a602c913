package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "255.1.20.3",
                "::",
                "::1",
                "fe80::1:2",
                "2001:db8:0:1::",
                "1:0:2::3",
                "::ffff:1.2.3.4",
                "1:2:3:4:5:6:7:8"
            })
    void addressesReadAndPrintAlike(String text) {
        assertThat(Addresses.text(Objects.requireNonNull(Addresses.parse(text))))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1:2", "::1::2", "g::", "1.2.3.x", "12345::"})
    void invalidAddressesAreRejected(String text) {
        assertThat(Addresses.parse(text)).isNull();
    }

    @Test
    void bytesOfOddLengthPrintAsNothing() {
        assertThat(Addresses.text(new byte[5])).isEmpty();
    }

    @Test
    void momentsPrintAsFalcosDo() {
        long time = 1_470_327_477_081_781_397L;

        assertThat(Moments.iso8601(time)).isEqualTo("2016-08-04T16:17:57.081781397+0000");
        assertThat(Moments.time(time, ZoneOffset.UTC)).isEqualTo("16:17:57.081781397");
        assertThat(Moments.timeSeconds(time, ZoneId.of("Europe/Berlin"))).isEqualTo("18:17:57");
        assertThat(Moments.dateTime(time, ZoneOffset.UTC)).isEqualTo("2016-08-04 16:17:57.081781397");
        assertThat(Moments.dateTimeSeconds(time, ZoneOffset.UTC)).isEqualTo("2016-08-04 16:17:57");
    }

    @ParameterizedTest
    @CsvSource({
        "/home/a/, b, /home/a/b",
        "/home/a, ../b/./c, /home/b/c",
        "/, x, /x",
        "/a/b/, /etc/../x, /etc/../x",
        "/a/, ../../.., /",
        "/a/, b//c, /a/b/c"
    })
    void pathsAreMadeAbsolute(String directory, String path, String absolute) {
        assertThat(Paths.absolute(directory, path)).isEqualTo(absolute);
    }

    @ParameterizedTest
    @CsvSource({"/etc/passwd, /etc, passwd", "/x, /, x", "/a/b/, /a/b/, /a/b/", "plain, /, /", "/, /, /"})
    void pathsAreSplit(String path, String directory, String fileName) {
        assertThat(Paths.directory(path)).isEqualTo(directory);
        assertThat(Paths.fileName(path)).isEqualTo(fileName);
    }

    @Test
    void onlyRunsOfSlashesAreCollapsed() {
        assertThat(Paths.singleSlashes("/etc//x/../..///y")).isEqualTo("/etc/x/../../y");
        assertThat(Paths.singleSlashes("/etc/x")).isEqualTo("/etc/x");
    }

    @ParameterizedTest
    @CsvSource({
        "/proc*, /proc, true",
        "/proc*, /proc/sys/kernel, true",
        "/proc*, /var/proc, false",
        "/var/run/docker.sock, /var/run/docker.sock, true",
        "*a?c*, xxabcyy, true",
        "*a?c*, xxacyy, false",
        "**, '', true",
        "'', x, false"
    })
    void globsMatchWholeTexts(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(matches);
    }
}
