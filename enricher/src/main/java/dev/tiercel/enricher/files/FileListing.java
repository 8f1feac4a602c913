package dev.tiercel.enricher.files;

import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lists what there is to follow: a file and those into which it was rotated, or all files below a directory. Hidden
/// and temporary files are left out; links are followed. Not thread-safe.
final class FileListing {
    private static final Pattern TEMPORARY = Pattern.compile("\\..*|.*(\\.tmp|\\.part|\\.swp|~)");

    private final Path path;
    private final NavigableMap<String, ListedFile> files = new TreeMap<>();
    private final Map<Path, Object> directories = new TreeMap<>();
    private final Map<String, String> troubles = new TreeMap<>();

    private FileListing(Path path) {
        this.path = path;
    }

    /// Looks now.
    static FileListing of(Path path) {
        FileListing listing = new FileListing(path);
        if (Files.isDirectory(path)) {
            listing.walk();
        } else {
            listing.siblings();
        }
        return listing;
    }

    /// By name.
    NavigableMap<String, ListedFile> files() {
        return files;
    }

    /// Where changes have to be looked for, and which directory that was: a path can come to stand for another one.
    Map<Path, Object> directories() {
        return directories;
    }

    /// What could not be looked at, to the reason.
    Map<String, String> troubles() {
        return troubles;
    }

    private void walk() {
        try {
            Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor());
        } catch (IOException failure) {
            trouble(path, failure);
        }
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(path) && isTemporary(directory)) return FileVisitResult.SKIP_SUBTREE;
            add(directory, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isTemporary(file))
                add(path.relativize(file).toString(), file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!(failure instanceof FileSystemLoopException)) trouble(file, failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            if (failure != null) trouble(directory, failure);
            return FileVisitResult.CONTINUE;
        }
    }

    private void siblings() {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) return;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, this::isRotated)) {
            add(directory, Files.readAttributes(directory, BasicFileAttributes.class));
            entries.forEach(this::addSibling);
        } catch (DirectoryIteratorException failure) {
            trouble(directory, Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            trouble(directory, failure);
        }
        if (!files.containsKey(name(path))) addSibling(path);
    }

    private boolean isRotated(Path file) {
        return Rotation.original(name(file)).equals(Rotation.original(name(path)));
    }

    private void addSibling(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) add(name(file), file, attributes);
        } catch (IOException failure) {
            trouble(file, failure);
        }
    }

    private void add(Path directory, BasicFileAttributes attributes) {
        directories.put(directory, Objects.requireNonNullElse(attributes.fileKey(), ""));
    }

    private void add(String name, Path file, BasicFileAttributes attributes) {
        files.put(name, ListedFile.of(name, file, attributes));
    }

    private void trouble(Path file, IOException failure) {
        troubles.put(file.toString(), PlainCause.of(failure));
    }

    private static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(name(file)).matches();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
