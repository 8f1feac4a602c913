package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that a reviewer reads in a diff: `src/test/resources/golden/…` of the module under test.
///
/// `-Dgolden.update` rewrites the files with what the code says now; CI never does.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /// Fails unless the golden file holds exactly `actual`; line ends are `\n`, the last one is added if missing.
    ///
    /// @param name path under the golden folder, such as `help/up.txt`
    public static void check(String name, String actual) {
        check(FOLDER.resolve(name), actual, updating());
    }

    static void check(Path file, String actual, boolean update) {
        String text = actual.replace("\r\n", "\n");
        if (!text.endsWith("\n")) text += "\n";
        try {
            if (update) {
                write(file, text);
            } else if (!Files.exists(file)) {
                fail("no golden file %s; run once with -Dgolden.update and review it. It would hold:%n%s", file, text);
            } else {
                assertThat(text)
                        .as("%s (rewrite with -Dgolden.update, then review the diff)", file)
                        .isEqualTo(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }

    /// The build passes `-Dgolden.update` on as `true`; if it is not given, as the literal `${…}`, as `null` or as
    /// nothing, which differs between versions of Surefire.
    private static boolean updating() {
        String value = System.getProperty("golden.update");
        return value != null
                && !value.isEmpty()
                && !value.startsWith("${")
                && !value.equals("false")
                && !value.equals("null");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) Files.writeString(file, text);
    }
}
