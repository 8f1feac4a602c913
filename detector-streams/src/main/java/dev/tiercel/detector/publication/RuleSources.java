package dev.tiercel.detector.publication;

import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Sources of rules in loading order, like falco.yaml's `rules_files`: built-in files first, then each path. A
/// directory stands for its `*.yaml` and `*.yml` files, sorted by name, without subdirectories and tests
/// (`*_test.yaml`).
public record RuleSources(List<RuleFile> builtIn, List<Path> paths) {
    public RuleSources {
        builtIn = List.copyOf(builtIn);
        paths = List.copyOf(paths);
    }

    /// Most bytes of a file; the compiler limits its characters.
    private static final int MOST_BYTES = 4 * Limits.FILE_CHARACTERS;

    /// Reads the files.
    ///
    /// @throws UncheckedIOException if the paths have none, or naming the file that cannot be read
    public List<RuleFile> read() {
        List<RuleFile> files = new ArrayList<>(builtIn);
        for (Path path : paths) {
            expand(path).forEach(file -> files.add(file(file)));
        }
        require(
                !files.isEmpty() || paths.isEmpty(),
                () -> "there are no rules files in %s: the detector would detect nothing".formatted(paths));
        return files;
    }

    /// What to watch for changes to the rules: the paths, and what links in their directories point to.
    Set<Path> watched() {
        Set<Path> watched = new LinkedHashSet<>(paths);
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                yamlFiles(path).stream().filter(Files::isSymbolicLink).forEach(watched::add);
            }
        }
        return watched;
    }

    /// Reads one file, whatever its name.
    ///
    /// @throws UncheckedIOException if it is missing, unreadable, too large or not UTF-8
    public static RuleFile file(Path file) {
        return new RuleFile(file.toString(), content(file));
    }

    /// The file itself, or every `*.yaml` and `*.yml` file of a directory, including tests, sorted by name.
    ///
    /// @throws UncheckedIOException if the directory cannot be read
    public static List<Path> yamlFiles(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(
                            entry -> isYaml(entry.getFileName().toString()))
                    .filter(entry -> !Files.isDirectory(entry))
                    .limit(Limits.FILES + 1)
                    .sorted()
                    .toList();
            require(
                    files.size() <= Limits.FILES,
                    () -> "rules directory %s has more than %d files".formatted(path, Limits.FILES));
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read rules directory %s: %s".formatted(path, failure), failure);
        }
    }

    /// A file named explicitly is always loaded; tests are only excluded from directories.
    private static List<Path> expand(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = yamlFiles(path).stream()
                .filter(file -> !isTest(file.getFileName().toString()))
                .toList();
        for (Path file : files) {
            boolean readable = Files.isRegularFile(file) || !Files.exists(file);
            require(
                    readable,
                    () -> "rules file %s is no file: a pipe or a device in a directory of rules".formatted(file));
        }
        return files;
    }

    private static void require(boolean holds, Supplier<String> problem) {
        if (!holds) {
            String message = problem.get();
            throw new UncheckedIOException(message, new IOException(message));
        }
    }

    private static boolean isYaml(String name) {
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    private static boolean isTest(String name) {
        return name.endsWith("_test.yaml") || name.endsWith("_test.yml");
    }

    private static String content(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
        } catch (CharacterCodingException failure) {
            throw new UncheckedIOException("rules file %s is not UTF-8".formatted(file), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read rules file %s: %s".formatted(file, failure), failure);
        }
    }

    /// Reads no more than is allowed, whatever size the file claims to have: a device has none and never ends.
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MOST_BYTES + 1);
            require(
                    bytes.length <= MOST_BYTES,
                    () -> "rules file %s is larger than %d MiB".formatted(file, MOST_BYTES >> 20));
            return bytes;
        }
    }
}
