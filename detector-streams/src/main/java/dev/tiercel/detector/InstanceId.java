package dev.tiercel.detector;

import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// The id that an instance keeps across restarts, in file `instance-id` of its state directory.
final class InstanceId {
    private InstanceId() {}

    /// The id stored in `stateDir`; created by the first call.
    ///
    /// @throws UncheckedIOException if the directory cannot be written
    static String in(Path stateDir) {
        Path file = stateDir.resolve("instance-id");
        try {
            Files.createDirectories(stateDir);
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            return kept.isEmpty() ? write(file) : kept;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot use the detector's state directory %s (detector.state-dir): %s"
                            .formatted(stateDir, PlainCause.of(failure)),
                    failure);
        }
    }

    private static String write(Path file) throws IOException {
        String fresh = UUID.randomUUID().toString();
        Path draft = Files.createTempFile(file.getParent(), "instance-id", ".draft");
        Files.writeString(draft, fresh + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return fresh;
    }
}
