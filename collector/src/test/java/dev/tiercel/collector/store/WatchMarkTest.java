package dev.tiercel.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchMarkTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private StateDirectory directory;
    private long now = 100 * SECOND;

    @BeforeEach
    void open() {
        directory = StateDirectory.open(folder.resolve("state")).orElseThrow();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private WatchMark mark(String boot) {
        return new WatchMark(directory, () -> now, boot);
    }

    @Test
    void theFirstRunFollowsNoGap() {
        assertThat(mark("a").gapBefore(now)).isEmpty();
    }

    @Test
    void saysSinceWhenAndWhy() throws IOException {
        WatchMark mark = mark("a");
        mark.running();
        now += SECOND / 2;
        mark.running();

        assertThat(mark("a").gapBefore(200 * SECOND))
                .hasValue(new WatchMark.Gap(100 * SECOND, 200 * SECOND, "killed"));
        assertThat(mark("b").gapBefore(200 * SECOND))
                .hasValue(new WatchMark.Gap(100 * SECOND, 200 * SECOND, "booted"));
        mark.stopped();
        assertThat(mark("b").gapBefore(200 * SECOND))
                .hasValue(new WatchMark.Gap(now, 200 * SECOND, "stopped"));
    }

    @Test
    void aClockSetBackMakesAnEmptyGapAndWritesOn() throws IOException {
        WatchMark mark = mark("a");
        mark.running();
        assertThat(mark.gapBefore(50 * SECOND)).hasValue(new WatchMark.Gap(50 * SECOND, 50 * SECOND, "killed"));
        now = 50 * SECOND;
        mark.running();
        assertThat(mark.gapBefore(51 * SECOND)).hasValue(new WatchMark.Gap(50 * SECOND, 51 * SECOND, "killed"));
    }

    @Test
    void whatIsNotAMarkIsNone() throws IOException {
        for (String text : new String[] {"", "2 1 a running", "1 x a running", "1 99999999999999999999 a running", "1 1 a"}) {
            Files.writeString(directory.path().resolve("watched"), text);
            assertThat(mark("a").gapBefore(now)).as(text).isEmpty();
        }
    }
}
