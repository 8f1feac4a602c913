package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
    @TempDir
    Path folder;

    @Test
    void acceptsTheSameText() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
        assertThatCode(() -> Golden.check(file, "one\r\ntwo", false)).doesNotThrowAnyException();
    }

    @Test
    void rejectsAnotherText() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "one\n");
        assertThatThrownBy(() -> Golden.check(file, "two", false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgolden.update");
    }

    @Test
    void failsWithoutAFileAndShowsItsContent() {
        assertThatThrownBy(() -> Golden.check(folder.resolve("none.txt"), "text", false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("text");
    }

    @Test
    void writesTheFileIfAskedTo() {
        Path file = folder.resolve("deep/a.txt");
        Golden.check(file, "new", true);
        assertThat(file).hasContent("new\n");
    }

    /// Maven 3.9 passes a property that is unset on as an empty text: every golden file was rewritten by its test.
    @Test
    void onlyTheWordTrueRewrites() {
        assertThat(Golden.updating("true")).isTrue();
        for (String unset : new String[] {null, "", "null", "false", "${golden.update}"}) {
            assertThat(Golden.updating(unset)).as("%s", unset).isFalse();
        }
    }
}
