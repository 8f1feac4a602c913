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
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();

    FolderWatch() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    /// Watches these directories, and no others.
    ///
    /// @return whether there are new ones: what was put there before is not reported
    boolean follow(Set<Path> directories) {
        keys.entrySet().removeIf(watched -> {
            boolean gone = !directories.contains(watched.getKey())
                    || !watched.getValue().isValid();
            if (gone) watched.getValue().cancel();
            return gone;
        });
        boolean added = false;
        for (Path directory : directories) {
            added |= !keys.containsKey(directory) && watch(directory);
        }
        return added;
    }

    private boolean watch(Path directory) {
        try {
            keys.put(directory, directory.register(service, CHANGES));
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
