package dev.tiercel.cli;

import dev.tiercel.detector.RuleSources;
import dev.tiercel.rules.RuleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Rules files one by one, files of tests among them, which are left out where folders are loaded for their rules.
final class RulesFolder {
    private RulesFolder() {}

    /// The file itself, or the `*.yaml` and `*.yml` of a folder, sorted by name, without those of folders below.
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) return List.of(path);
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> isYaml(entry.getFileName().toString()) && !Files.isDirectory(entry))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("folder %s cannot be read: %s".formatted(path, failure), failure);
        }
    }

    static RuleFile read(Path file) {
        return new RuleSources(List.of(), List.of(file)).read().getFirst();
    }

    private static boolean isYaml(String name) {
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }
}
