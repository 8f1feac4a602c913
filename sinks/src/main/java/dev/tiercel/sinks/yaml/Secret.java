package dev.tiercel.sinks.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.service.FreshFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A value that a sinks file names but does not always contain: a password, a token, an address with one in it.
/// `toString` hides it. Thread-safe.
public final class Secret {
    private final String described;
    private final Supplier<String> value;

    private Secret(String described, Supplier<String> value) {
        this.described = described;
        this.value = value;
    }

    /// One that is no secret.
    public static Secret of(String value) {
        return new Secret("no secret", () -> value);
    }

    /// The first line of a file, read again when it changes.
    static Secret ofFile(Path path) {
        FreshFiles<String> file = new FreshFiles<>(List.of(path), contents -> firstLine(contents.getFirst()));
        return new Secret("file " + path, file::get);
    }

    private static String firstLine(byte[] content) {
        return new String(content, UTF_8)
                .lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is empty"));
    }

    /// A variable of the environment.
    static Secret ofVariable(String name, Map<String, String> environment) {
        return new Secret(
                "variable " + name, () -> environment.getOrDefault(name, "").strip());
    }

    /// What it is now.
    ///
    /// @throws java.io.UncheckedIOException if its file never could be read, with a message for users
    public String value() {
        return value.get();
    }

    @Override
    public String toString() {
        return "Secret[" + described + "]";
    }
}
