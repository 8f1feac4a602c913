package dev.tiercel.cli.rules;

import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Rewrites files of users.
final class RewrittenFile {

    private RewrittenFile() {}

    /// Replaces the content of `file`, keeping its mode: readers see the old content or the new one, never half of it.
    ///
    /// @throws UncheckedIOException if it or its directory cannot be written
    static void replace(Path file, String text) {
        try {
            Path real = file.toRealPath();
            Path fresh = real.resolveSibling("." + real.getFileName() + ".new");
            Files.copy(real, fresh, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(fresh, text);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, PlainCause.of(failure)), failure);
        }
    }
}
