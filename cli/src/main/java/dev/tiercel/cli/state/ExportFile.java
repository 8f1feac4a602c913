package dev.tiercel.cli.state;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.settings.PrivateFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that has its name once it is complete; until then it is called `NAME.incomplete`. Only its owner can read it.
final class ExportFile implements AutoCloseable {
    private final Path file;
    private final Path incomplete;
    private final Writer writer;

    /// Creates it; replaces what an earlier export left incomplete.
    ///
    /// @throws EnvironmentException if it exists already
    ExportFile(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new EnvironmentException(file + " already exists; choose another name");
        }
        this.file = file;
        incomplete = file.resolveSibling(file.getFileName() + ".incomplete");
        Files.deleteIfExists(incomplete);
        writer = new BufferedWriter(new OutputStreamWriter(PrivateFiles.create(incomplete), StandardCharsets.UTF_8));
    }

    Path incomplete() {
        return incomplete;
    }

    Writer writer() {
        return writer;
    }

    /// Gives it its name.
    void complete() throws IOException {
        writer.close();
        Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
