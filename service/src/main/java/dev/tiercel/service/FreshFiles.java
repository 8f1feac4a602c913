package dev.tiercel.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is in files that may be replaced at any time: tokens, keys, certificates. The last good contents stay in use
/// while a new version cannot be read. Thread-safe.
public final class FreshFiles<T> {
    private static final long MOST_BYTES = 1 << 20;

    /// Reads the contents of all files.
    public interface Parser<T> {
        /// Reads them, in the order of the files.
        ///
        /// @throws IllegalArgumentException if they are not what they should be, with a message for users
        T parse(List<byte[]> contents) throws GeneralSecurityException;
    }

    private final List<Path> files;
    private final Parser<T> parser;
    private List<Object> versions = List.of();
    private @Nullable T current;
    private volatile @Nullable String trouble;

    /// Reads nothing yet.
    public FreshFiles(List<Path> files, Parser<T> parser) {
        this.files = List.copyOf(files);
        this.parser = parser;
    }

    /// Reads the files, which must be readable and right.
    ///
    /// @throws UncheckedIOException if one is not, with a message for users
    public void require() {
        T _ = get();
        String wrong = trouble;
        if (wrong != null) throw new UncheckedIOException(wrong, new IOException(wrong));
    }

    /// What the files have now, or had when they could last be read.
    ///
    /// @throws UncheckedIOException if they never could, with a message for users
    public synchronized T get() {
        try {
            List<Object> found = versions();
            if (!found.equals(versions)) {
                current = parser.parse(contents());
                versions = found;
            }
            trouble = null;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            trouble = "cannot read %s: %s".formatted(names(), PlainCause.of(failure));
            if (current == null) throw new UncheckedIOException(trouble, new IOException(failure));
        }
        return Objects.requireNonNull(current);
    }

    private List<Object> versions() throws IOException {
        List<Object> found = new ArrayList<>();
        for (Path file : files) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            found.add(attributes.lastModifiedTime());
            found.add(attributes.size());
            found.add(String.valueOf(attributes.fileKey()));
        }
        return found;
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            if (Files.size(file) > MOST_BYTES) throw new IllegalArgumentException("it is longer than 1 MiB");
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    private String names() {
        return String.join(" and ", files.stream().map(Path::toString).toList());
    }

    /// Failing while the files as they are now cannot be used.
    public Health check() {
        String wrong = trouble;
        return wrong == null ? Health.ok() : Health.failing(wrong + "; the last version is in use");
    }
}
