package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.service.FreshFiles;
import dev.tiercel.service.Health;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/// Secrets in a file, one a line; several are all valid, so that they can be exchanged. The file is read again when
/// it changes. Thread-safe.
public final class Secrets {
    private final FreshFiles<List<byte[]>> file;

    /// @param path nothing is read yet
    public Secrets(Path path) {
        file = new FreshFiles<>(List.of(path), contents -> parse(contents.getFirst()));
    }

    private static List<byte[]> parse(byte[] content) {
        List<byte[]> secrets = new String(content, UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.getBytes(UTF_8))
                .toList();
        if (secrets.isEmpty()) throw new IllegalArgumentException("it has no secret");
        return secrets;
    }

    /// Checks that the file can be read.
    ///
    /// @throws java.io.UncheckedIOException if not, with a message for users
    public void require() {
        file.require();
    }

    /// The secrets that are valid now.
    public List<byte[]> all() {
        return file.get();
    }

    /// Whether `given` is one of them; takes as long for a wrong one as for a right one of the same length.
    public boolean have(String given) {
        byte[] bytes = given.getBytes(UTF_8);
        boolean found = false;
        for (byte[] secret : all()) {
            found |= MessageDigest.isEqual(secret, bytes);
        }
        return found;
    }

    /// Failing while the file cannot be read.
    public Health check() {
        return file.check();
    }
}
