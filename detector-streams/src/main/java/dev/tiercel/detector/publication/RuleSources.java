package dev.tiercel.detector.publication;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
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

    /// What reading gave: every file in order, one that cannot be read without content.
    ///
    /// @param problems of each that cannot be read
    public record Reading(List<RuleFile> files, List<Diagnostic> problems) {
        public Reading {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    /// Reads the files.
    ///
    /// @throws UncheckedIOException if the paths have none, or naming every file that cannot be read
    public List<RuleFile> read() {
        Reading reading = readAll();
        List<String> problems =
                reading.problems().stream().map(Diagnostic::summary).toList();
        require(problems.isEmpty(), () -> String.join("\n", problems));
        return reading.files();
    }

    /// Reads all files that can be read.
    public Reading readAll() {
        List<RuleFile> files = new ArrayList<>(builtIn);
        List<Diagnostic> problems = new ArrayList<>();
        for (Path path : paths) {
            readInto(files, problems, path);
        }
        if (files.isEmpty() && problems.isEmpty() && !paths.isEmpty()) {
            files.add(new RuleFile(paths.getFirst().toString(), ""));
            problems.add(problem(
                    paths.getFirst(),
                    "there are no rules files in %s: the detector would detect nothing".formatted(paths)));
        }
        return new Reading(files, problems);
    }

    private static void readInto(List<RuleFile> files, List<Diagnostic> problems, Path path) {
        List<Path> found = List.of();
        try {
            found = expand(path);
        } catch (UncheckedIOException failure) {
            files.add(new RuleFile(path.toString(), ""));
            problems.add(problem(path, String.valueOf(failure.getMessage())));
        }
        boolean folder = Files.isDirectory(path);
        for (Path file : found) {
            try {
                requireFile(file, folder);
                files.add(new RuleFile(file.toString(), content(file)));
            } catch (UnreadableException unreadable) {
                files.add(new RuleFile(file.toString(), ""));
                problems.add(unreadable.problem);
            }
        }
    }

    /// Only in a directory: whoever names a pipe wants it read.
    private static void requireFile(Path file, boolean folder) throws UnreadableException {
        if (folder && Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableException(file, "is no file: a pipe or a device in a directory of rules");
        }
    }

    /// A file cannot be read.
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Diagnostic problem;

        UnreadableException(Diagnostic problem) {
            super(problem.summary(), null, false, false);
            this.problem = problem;
        }

        UnreadableException(Path file, String message) {
            this(RuleSources.problem(file, message));
        }
    }

    private static Diagnostic problem(Path path, String message) {
        return problem(path, message, 0, 0, "");
    }

    private static Diagnostic problem(Path path, String message, int line, int column, String hint) {
        return new Diagnostic(
                Code.LOAD_ERR_FILE_READ, message, path.toString(), line, column, 0, ItemName.NONE, "", hint);
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
        try {
            return new RuleFile(file.toString(), content(file));
        } catch (UnreadableException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), new IOException(unreadable));
        }
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
            throw new UncheckedIOException(
                    "cannot read rules directory %s: %s".formatted(path, PlainCause.of(failure)), failure);
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

    private static String content(Path file) throws UnreadableException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new UnreadableException(file, "cannot be read: it is a link to " + target(file) + ", which does not exist");
        }
        try {
            byte[] bytes = bytes(file);
            CharBuffer text = CharBuffer.allocate(bytes.length);
            ByteBuffer input = ByteBuffer.wrap(bytes);
            CoderResult result = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(input, text, true);
            if (result.isError()) {
                throw notUtf8(file, text.flip().toString(), input.get(input.position()));
            }
            return text.flip().toString();
        } catch (IOException failure) {
            throw new UnreadableException(file, "cannot be read: " + PlainCause.of(failure));
        }
    }

    private static UnreadableException notUtf8(Path file, String before, byte at) {
        int line = (int) before.lines().count() + (before.isEmpty() || before.endsWith("\n") ? 1 : 0);
        return new UnreadableException(problem(
                file,
                "the file is not UTF-8: byte 0x%02x".formatted(at),
                line,
                before.length() - before.lastIndexOf('\n'),
                "save it as UTF-8"));
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link;
        }
    }

    /// Reads no more than is allowed, whatever size the file claims to have: a device has none and never ends.
    private static byte[] bytes(Path file) throws IOException, UnreadableException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableException(file, "is larger than %d MiB".formatted(MOST_BYTES >> 20));
            }
            return bytes;
        }
    }
}
