package dev.tiercel.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/// Kafka halts the JVM in silence when it can no longer write: says why on stderr first.
final class KafkaHalt {
    /// As the command line's for a prerequisite that has failed.
    static final int STATUS = 3;

    private static final long MIB = 1 << 20;

    private KafkaHalt() {}

    /// Announces halts of this JVM's broker from now on.
    ///
    /// @param directory that the broker writes to
    static void announce(Path directory) {
        Exit.setHaltProcedure((status, message) -> {
            System.err.println(text(directory, message));
            System.err.flush();
            Runtime.getRuntime().halt(STATUS);
        });
    }

    static String text(Path directory, @Nullable String message) {
        return "tiercel: Kafka ends this process" + (message == null ? "" : " (" + message + ")")
                + ": it can no longer work in " + directory + ", which has " + free(directory)
                + "; if that is too little, free space there; then start again, nothing acknowledged is lost";
    }

    private static String free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() / MIB + " MiB left";
        } catch (IOException e) {
            return "an unknown rest: " + e.getMessage();
        }
    }
}
