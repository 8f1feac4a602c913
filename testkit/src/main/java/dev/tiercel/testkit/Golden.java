package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Compares text with a golden file, `src/test/resources/golden/…` of the module under test.
///
/// `-Dgolden.update` rewrites the files with the current output, for review as a diff; CI never does.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /// Fails unless the golden file contains exactly `actual`, with `\n` line ends and one at the end of the text.
    ///
    /// @param name path in the golden directory, such as `help/up.txt`
    public static void check(String name, String actual) {
        check(FOLDER.resolve(name), actual, updating(System.getProperty("golden.update")));
    }

    static void check(Path file, String actual, boolean update) {
        String text = actual.replace("\r\n", "\n");
        if (!text.endsWith("\n")) text += "\n";
        try {
            if (update) {
                write(file, text);
            } else if (!Files.exists(file)) {
                fail("no golden file %s; run once with -Dgolden.update and review it. Content:%n%s", file, text);
            } else {
                assertThat(text)
                        .as("%s (rewrite with -Dgolden.update, then review the diff)", file)
                        .isEqualTo(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }

    /// Only `-Dgolden.update` (`true` to Maven) rewrites: a property that is unset reaches a test as an empty text or
    /// as the literal `${…}`, depending on Maven's version.
    static boolean updating(@Nullable String property) {
        return "true".equals(property);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) Files.writeString(file, text);
    }
}
