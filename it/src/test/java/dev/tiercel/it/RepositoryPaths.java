package dev.tiercel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The files and directories of the checkout, without what a build makes, found by paths as documents write them.
///
/// In such a path, `…` stands for directories (or, at its end, for files), `*` for part of a name, and a name in
/// capitals or `Foo` for one that the reader chooses: at least one like it must exist. A class may lack its `.java`.
final class RepositoryPaths {
    private static final Set<String> MADE = Set.of(".git", "target", "build");

    private static final Pattern CHOSEN = Pattern.compile("Foo|foo|(?<=/)[A-Z]+(?=/|$)");

    private final Set<String> paths = new TreeSet<>();

    private RepositoryPaths() {}

    static RepositoryPaths of(Path root) {
        RepositoryPaths found = new RepositoryPaths();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    found.paths.add(root.relativize(folder).toString());
                    return MADE.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.paths.add(root.relativize(file).toString());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    /// What `path`, from the root of the checkout, may mean.
    List<String> find(String path) {
        return matching("", path);
    }

    /// What `path` may mean, if it may begin in any directory below `folder`.
    List<String> findBelow(String folder, String path) {
        return matching(Pattern.quote(folder) + "(?:.*/)?", path);
    }

    /// Whether a directory of this name is somewhere below `folder`.
    boolean hasFolder(String folder, String name) {
        return paths.stream().anyMatch(path -> path.startsWith(folder) && path.contains("/" + name + "/"));
    }

    /// Whether a file's name begins with `name`: a type, or, as `bin/bench` has it, a benchmark without that word.
    boolean hasFile(String name) {
        return paths.stream().anyMatch(path -> path.contains("/" + name));
    }

    private List<String> matching(String prefix, String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (prefix.isEmpty() && paths.contains(trimmed)) {
            return List.of(trimmed);
        }
        Pattern wanted = Pattern.compile(prefix + expression(trimmed) + "(?:\\.java)?");
        return paths.stream().filter(wanted.asMatchPredicate()).toList();
    }

    private static String expression(String path) {
        return CHOSEN.matcher(path)
                .replaceAll("*")
                .replace(".", "\\.")
                .replace("*", "[^/]*")
                .replace("…/", "(?:.*/)?")
                .replace("…", ".*");
    }
}
