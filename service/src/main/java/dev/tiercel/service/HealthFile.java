package dev.tiercel.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps a file up to date with whether all is well: `ok 1764263000`, or `failing` and when, in seconds since 1970, for
/// checks that cannot afford a connection. One that is old says that the process hangs; it is deleted at the end.
final class HealthFile implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Path file;
    private final BooleanSupplier healthy;
    private final InstantSource clock;
    private final Worker worker = new Worker("health-file", CLOSE_LIMIT);
    private volatile @Nullable String trouble;

    HealthFile(Path file, BooleanSupplier healthy, InstantSource clock) {
        this.file = file.toAbsolutePath();
        this.healthy = healthy;
        this.clock = clock;
    }

    /// Writes it, and again every two seconds.
    void start() {
        write();
        worker.start(() -> {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
                write();
            }
        });
    }

    /// Whoever reads it sees one state or the next.
    synchronized void write() {
        String state = healthy.getAsBoolean() ? "ok" : "failing";
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, "%s %d\n".formatted(state, clock.instant().getEpochSecond()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            trouble = null;
        } catch (IOException failure) {
            trouble = "cannot write " + file + " (health.file): " + PlainCause.of(failure);
        }
    }

    Health check() {
        String current = trouble;
        return worker.check().and(current == null ? Health.ok() : Health.failing(current));
    }

    @Override
    public void close() {
        worker.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            trouble = PlainCause.of(failure); // it is old soon
        }
    }
}
