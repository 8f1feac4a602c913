package dev.tiercel.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Data of another owner is in `it/…/NeighbourIT`: it takes root to give a file away.
class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    void createsWhatOnlyTheOwnerCanUse() throws IOException {
        Path data = dataDirectory(folder.resolve("a/b/data"));
        PrivateFiles.writeOnce(data.resolve("once"), "first");
        PrivateFiles.writeOnce(data.resolve("once"), "second");
        PrivateFiles.write(data.resolve("written"), "first");
        PrivateFiles.write(data.resolve("written"), "second");

        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve("once"))).isEqualTo("rw-------");
        assertThat(mode(data.resolve("written"))).isEqualTo("rw-------");
        assertThat(PrivateFiles.read(data.resolve("once"))).isEqualTo("first");
        assertThat(PrivateFiles.read(data.resolve("written"))).isEqualTo("second");
        assertThat(names(data)).containsExactly("once", "written");
        assertThat(dataDirectory(data)).isEqualTo(data);
    }

    @Test
    void refusesWhatOthersCanRead() throws IOException {
        Path data = dataDirectory(folder.resolve("data"));
        Path file = data.resolve("it's secret");
        PrivateFiles.write(file, "text");
        setMode(file, "rw-r-----");
        assertRefused(() -> PrivateFiles.read(file), "mode 640; close it: chmod 600 '" + data + "/it'\\''s secret'");
        setMode(data, "rwx--x---");
        assertRefused(
                () -> dataDirectory(data), data + " is open to other users, mode 710; close it: chmod 700 " + data);
        assertThat(mode(data)).isEqualTo("rwx--x---");
    }

    @Test
    void refusesWhatIsNoFileOrNoDirectory() throws IOException {
        Path secret = folder.resolve("secret");
        PrivateFiles.write(secret, "text");
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        assertRefused(() -> PrivateFiles.read(link), "link is not a regular file");
        assertRefused(() -> PrivateFiles.directory(link), "link is not a directory");
        assertRefused(() -> PrivateFiles.directory(secret), "secret is not a directory");
    }

    /// A link of the owner's is resolved once, so that it cannot be turned elsewhere during a run.
    @Test
    void resolvesALinkToTheDataDirectory() throws IOException {
        Path real = dataDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertThat(dataDirectory(link)).isEqualTo(real);
    }

    @Test
    void refusesADirectoryThatAnybodyCouldReplace() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        setMode(open, "rwxrwxrwx");
        assertRefused(
                () -> dataDirectory(open.resolve("data")),
                "anybody could replace " + open.resolve("data") + ": " + open
                        + " is writable for all, mode 777; chmod o-w " + open);
        assertThat(open.resolve("data")).doesNotExist();
    }

    @CommandLine.Command
    private static final class Options {
        @CommandLine.Mixin
        DataDirectory data = new DataDirectory();
    }

    private static Path dataDirectory(Path path) {
        Options options = new Options();
        new CommandLine(options).parseArgs("--data", path.toString());
        return options.data.create();
    }

    private static void assertRefused(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(EnvironmentException.class).hasMessageContaining(message);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void setMode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
