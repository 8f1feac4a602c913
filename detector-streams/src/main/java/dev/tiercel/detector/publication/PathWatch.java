package dev.tiercel.detector.publication;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when what some paths stand for may have changed: a file, an entry of a directory, and any directory or
/// symbolic link on the way there, which can be replaced as a whole.
///
/// inotify watches inodes, not paths. So every directory on the way is watched for the one entry that matters there.
/// What cannot be watched (no permission, too many watches) is said once; callers look again after a while anyway.
/// Not thread-safe, except for [#close].
final class PathWatch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PathWatch.class);

    /// As in the kernel: MAXSYMLINKS.
    private static final int MOST_LINKS = 40;

    private static final long QUIET_MILLIS = 100;
    private static final long MAX_QUIET_MILLIS = 1_000;

    private final WatchService service;
    private final Set<Path> refused = new HashSet<>();
    private Map<Path, Interest> interests = new HashMap<>();
    private Map<WatchKey, Interest> keys = new HashMap<>();

    /// Which entries of a directory matter.
    private static final class Interest {
        private final Set<String> names = new HashSet<>();
        private boolean all;
        private boolean contents;

        private boolean concerns(WatchEvent<?> event) {
            return all
                    || event.context() == null
                    || names.contains(event.context().toString());
        }

        /// What is written to entries matters only where the paths end: other directories may be busy.
        private List<WatchEvent.Kind<?>> kinds() {
            List<WatchEvent.Kind<?>> kinds = new ArrayList<>(
                    List.of(StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE));
            if (contents) {
                kinds.add(StandardWatchEventKinds.ENTRY_MODIFY);
            }
            return kinds;
        }
    }

    PathWatch() throws IOException {
        service = FileSystems.getDefault().newWatchService();
    }

    /// Watches `paths` as they resolve now, and nothing else. Changes after this call are noticed.
    void follow(Collection<Path> paths) {
        Set<WatchKey> before = new HashSet<>(keys.keySet());
        interests = new HashMap<>();
        keys = new HashMap<>();
        paths.forEach(path -> follow(path.toAbsolutePath(), MOST_LINKS));
        before.removeAll(keys.keySet());
        before.forEach(WatchKey::cancel);
    }

    /// Each directory is watched before its entry is looked at: a change in between is noticed.
    private void follow(Path path, int links) {
        Path at = path.getRoot();
        for (int i = 0; i < path.getNameCount(); i++) {
            Path name = path.getName(i);
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            watch(at, name.toString(), i == path.getNameCount() - 1);
            Path entry = at.resolve(name);
            if (Files.isSymbolicLink(entry)) {
                followLink(at, entry, path.subpath(i, path.getNameCount()), links);
                return;
            }
            at = name.toString().equals(".") ? at : entry;
        }
        if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            watch(at, "", true);
        }
    }

    /// @param rest the link's name, and what comes after it
    private void followLink(Path directory, Path link, Path rest, int links) {
        try {
            Path target = directory.resolve(Files.readSymbolicLink(link));
            Path next = rest.getNameCount() == 1 ? target : target.resolve(rest.subpath(1, rest.getNameCount()));
            if (links > 0) {
                follow(next, links - 1);
            }
        } catch (IOException gone) {
            LOG.debug("{} has just changed: {}", link, gone.toString());
        }
    }

    /// @param name the entry that matters; empty: all
    private void watch(Path directory, String name, boolean contents) {
        Interest interest = interests.computeIfAbsent(directory, absent -> new Interest());
        interest.all |= name.isEmpty();
        interest.names.add(name);
        interest.contents |= contents;
        try {
            keys.put(directory.register(service, interest.kinds().toArray(WatchEvent.Kind<?>[]::new)), interest);
        } catch (IOException failure) {
            if (Files.isDirectory(directory) && refused.add(directory)) {
                LOG.warn("cannot watch {}, changes there are noticed late: {}", directory, failure.toString());
            }
        }
    }

    /// Waits for a change; returns whether there was one. It returns once there was none for 100 ms, as Falco does,
    /// but a second after the first at the latest.
    boolean await(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean changed = false;
        while (!changed && System.nanoTime() < deadline) {
            changed = concerns(service.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
        return changed && awaitQuiet();
    }

    private boolean awaitQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_QUIET_MILLIS);
        WatchKey key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        while (concerns(key) && System.nanoTime() < deadline) {
            key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /// Whether the events of `key`, which are consumed, concern what is watched; so does the end of a directory.
    private boolean concerns(@Nullable WatchKey key) {
        if (key == null) {
            return false;
        }
        Interest interest = keys.get(key);
        boolean concerns = interest != null && key.pollEvents().stream().anyMatch(interest::concerns);
        return (!key.reset() && interest != null) || concerns;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
