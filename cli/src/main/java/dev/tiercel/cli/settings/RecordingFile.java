package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.collector.capture.KevSource;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.nio.file.Path;

/// A recording that the command line names.
public final class RecordingFile {
    private RecordingFile() {}

    /// Opens it as a record source.
    ///
    /// @throws EnvironmentException if it cannot be read
    public static RecordSource open(Path file) {
        try {
            return KevSource.open(file);
        } catch (IOException e) {
            throw new EnvironmentException("cannot replay " + file + ": " + PlainCause.of(e), e);
        }
    }
}
