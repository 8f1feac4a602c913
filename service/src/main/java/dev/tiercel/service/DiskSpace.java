package dev.tiercel.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Watches the free space of a directory's disk, every second: announces once that it is low, and fails, so that the
/// process stops in order, before it is full. Said again only after there was enough meanwhile.
public final class DiskSpace implements Component {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final long MIB = 1 << 20;

    private final Path directory;
    private final DiskConfig config;
    private final LongSupplier free;
    private final Consumer<String> announcer;
    private final Worker worker = new Worker("disk-space", CLOSE_LIMIT);
    private volatile Consumer<Throwable> fullListeners = cause -> {};
    private volatile boolean full;
    private volatile boolean low;
    private volatile long lastFree;

    /// @param directory which exists
    /// @param announcer receives lines for the operator, from any thread
    public DiskSpace(Path directory, DiskConfig config, Consumer<String> announcer) {
        this(directory, config, usable(directory), announcer);
    }

    DiskSpace(Path directory, DiskConfig config, LongSupplier free, Consumer<String> announcer) {
        this.directory = directory;
        this.config = config;
        this.free = free;
        this.announcer = announcer;
    }

    private static LongSupplier usable(Path directory) {
        try {
            FileStore store = Files.getFileStore(directory);
            return () -> {
                try {
                    return store.getUsableSpace();
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot look at the disk of " + directory + ": " + PlainCause.of(e), e);
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the disk of " + directory + ": " + PlainCause.of(e), e);
        }
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
        fullListeners = fullListeners.andThen(listener);
    }

    /// @throws DiskFullException if there is too little already
    @Override
    public void start() {
        look();
        worker.start(this::watch);
    }

    private void watch() throws InterruptedException {
        try {
            while (!worker.closing()) {
                Thread.sleep(INTERVAL);
                look();
            }
        } catch (DiskFullException e) {
            full = true;
            announcer.accept("stopping, while all can still be written: " + e.getMessage());
            worker.close(); // ends on purpose
            fullListeners.accept(e);
        }
    }

    /// Looks once: announces what has changed.
    ///
    /// @throws DiskFullException if there is too little
    void look() {
        long now = free.getAsLong();
        lastFree = now;
        if (now < config.stopBytes()) {
            throw new DiskFullException(
                    "%s has %d MiB left, less than disk.stop-bytes (%d MiB); free space there and start again, nothing acknowledged is lost"
                            .formatted(directory, now / MIB, config.stopBytes() / MIB));
        }
        boolean isLow = now < config.warnBytes();
        if (isLow && !low) {
            announcer.accept(warning());
        } else if (low && !isLow) {
            announcer.accept("%s has %d MiB left again".formatted(directory, now / MIB));
        }
        low = isLow;
    }

    private String warning() {
        return "%s has %d MiB left, less than disk.warn-bytes (%d MiB); below %d MiB the process stops"
                .formatted(directory, lastFree / MIB, config.warnBytes() / MIB, config.stopBytes() / MIB);
    }

    @Override
    public Health check() {
        Health thread = worker.check();
        if (!thread.healthy() || full) {
            return thread.and(Health.failing("the disk of %s is full".formatted(directory)));
        }
        return low ? Health.failing(warning()) : Health.ok("%d MiB free".formatted(lastFree / MIB));
    }

    @Override
    public void close() {
        worker.close();
    }
}
