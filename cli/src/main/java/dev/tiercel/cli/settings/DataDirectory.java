package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The directory in which `up` keeps its data: Kafka's logs, the detector's state, passwords, a log file.
public final class DataDirectory {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory of `up`, with Kafka's data, state, passwords and the log file (default: /var/lib/tiercel for root, else ~/.local/share/tiercel).")
    private @Nullable Path given;

    /// Absolute; need not exist.
    public Path path() {
        return Optional.ofNullable(given).orElseGet(DataDirectory::defaultPath).toAbsolutePath();
    }

    boolean isGiven() {
        return given != null;
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
    /// @return its real path, which no symbolic link that changes later can redirect
    /// @throws EnvironmentException if it cannot be created, or another user could read or change it
    public Path create() {
        Path path = path().normalize();
        try {
            PrivateFiles.requireSafeParents(path);
            Path parent = path.getParent();
            if (parent != null) Files.createDirectories(parent);
            Path real = Files.exists(path) ? path.toRealPath() : path;
            PrivateFiles.requireSafeParents(real);
            PrivateFiles.directory(real);
            PrivateFiles.requireOwnEntries(real);
            return real;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot create the data directory " + path + ": " + e + "; choose another with --data", e);
        }
    }
}
