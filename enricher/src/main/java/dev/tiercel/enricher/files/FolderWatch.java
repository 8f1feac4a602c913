package dev.tiercel.enricher.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits until something changes in some directories. A directory that cannot be watched is logged once: its changes
/// are found by the next look. Not thread-safe, except for [#close].
final class FolderWatch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final WatchEvent.Kind<?>[] CHANGES = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE,
        StandardWatchEventKinds.OVERFLOW
    };

    /// What is written in this time is read together.
    private static final long GATHER_MILLIS = 50;

    private final WatchService service;
    private final Map<Path, Watched> watched = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();

    /// inotify watches inodes, not paths.
    private record Watched(Object identity, WatchKey key) {
        boolean isStill(@Nullable Object now) {
            return identity.equals(now) && key.isValid();
        }
    }

    FolderWatch() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    /// Watches these directories, and no others.
    ///
    /// @param directories with what identifies each
    /// @return whether there are new ones: what was put there before is not reported
    boolean follow(Map<Path, Object> directories) {
        watched.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().isStill(directories.get(entry.getKey()));
            if (gone) entry.getValue().key().cancel();
            return gone;
        });
        boolean added = false;
        for (Map.Entry<Path, Object> directory : directories.entrySet()) {
            added |= !watched.containsKey(directory.getKey()) && watch(directory.getKey(), directory.getValue());
        }
        return added;
    }

    private boolean watch(Path directory, Object identity) {
        try {
            watched.put(directory, new Watched(identity, directory.register(service, CHANGES)));
            return true;
        } catch (IOException failure) {
            if (refused.add(directory)) {
                LOG.warn("cannot watch {}, its changes are found late: {}", directory, failure.toString());
            }
            return false;
        }
    }

    /// Returns after a change, a little later so that changes come together, or after `limit`.
    void await(Duration limit) throws InterruptedException {
        WatchKey key = service.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) return;
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        for (@Nullable WatchKey changed = key; changed != null; changed = service.poll()) {
            changed.pollEvents();
            changed.reset();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
