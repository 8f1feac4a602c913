package dev.tiercel.detector;

import dev.tiercel.rules.RuleFile;
import java.io.IOException;
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
import java.util.stream.Stream;

/// Sources of rules in loading order, like falco.yaml's `rules_files`: built-in files first, then each path. A
/// directory stands for its `*.yaml` and `*.yml` files, sorted by name, without subdirectories and tests
/// (`*_test.yaml`).
public record RuleSources(List<RuleFile> builtIn, List<Path> paths) {
    public RuleSources {
        builtIn = List.copyOf(builtIn);
        paths = List.copyOf(paths);
    }

    /// Reads the files.
    ///
    /// @throws UncheckedIOException naming the file that is missing, unreadable or not UTF-8
    public List<RuleFile> read() {
        List<RuleFile> files = new ArrayList<>(builtIn);
        for (Path path : paths) {
            expand(path).forEach(file -> files.add(file(file)));
        }
        return files;
    }

    /// The directories to watch for changes to the rules.
    Set<Path> directories() {
        Set<Path> directories = new LinkedHashSet<>();
        for (Path path : paths) {
            Path absolute = path.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            directories.add(Files.isDirectory(absolute) || parent == null ? absolute : parent);
        }
        return directories;
    }

    /// Reads one file, whatever its name.
    ///
    /// @throws UncheckedIOException if it is missing, unreadable or not UTF-8
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
            return entries.filter(entry -> isYaml(entry.getFileName().toString()) && !Files.isDirectory(entry))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read rules directory %s: %s".formatted(path, failure), failure);
        }
    }

    /// A file named explicitly is always loaded; tests are only excluded from directories.
    private static List<Path> expand(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        return yamlFiles(path).stream()
                .filter(file -> !isTest(file.getFileName().toString()))
                .toList();
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
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException failure) {
            throw new UncheckedIOException("rules file %s is not UTF-8".formatted(file), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read rules file %s: %s".formatted(file, failure), failure);
        }
    }
}
