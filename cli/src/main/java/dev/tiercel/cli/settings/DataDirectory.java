package dev.tiercel.cli.up;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The directory in which `up` keeps its data: Kafka's logs, the detector's state, a log file.
final class DataDirectory {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory for Kafka's data, state and the log file (default: /var/lib/tiercel for root, else ~/.local/share/tiercel).")
    private @Nullable Path given;

    Path path() {
        return Optional.ofNullable(given).orElseGet(DataDirectory::defaultPath).toAbsolutePath();
    }

    private static Path defaultPath() {
        if (System.getProperty("user.name").equals("root")) return Path.of("/var/lib/tiercel");
        return Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
                .map(Path::of)
                .orElseGet(() -> home().resolve(".local/share"))
                .resolve("tiercel");
    }

    private static Path home() {
        return Path.of(Optional.ofNullable(System.getenv("HOME")).orElse(System.getProperty("user.home")));
    }

    /// Creates the directory if needed, for its owner only: events hold command lines and file names.
    ///
    /// @throws EnvironmentException if it cannot be created
    Path create() {
        Path path = path();
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return path;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot create the data directory " + path + ": " + e + "; choose another with --data", e);
        }
    }
}
