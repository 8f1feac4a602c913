package dev.tiercel.enricher.files;

import java.io.EOFException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far each file was read, whatever it is called by now.
///
/// A file is recognised by its state when it was read to its end, else by the last bytes that were read of it. So
/// what was read of a log is not read again when it was renamed, copied or compressed, and one that was truncated or
/// replaced begins anew. Not thread-safe.
final class FollowedFiles {
    private static final int MOST_CANDIDATES = 64;

    private final NavigableMap<String, FilePosition> positions = new TreeMap<>();
    private final Set<String> copies = new HashSet<>();

    /// Up to there a file was read; null: nothing of it.
    void set(String name, @Nullable FilePosition position) {
        if (position == null) {
            positions.remove(name);
        } else {
            positions.put(name, position);
        }
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    FilePosition position(String name) {
        return positions.getOrDefault(name, FilePosition.START);
    }

    /// Whether it seems to be the copy, not yet complete, of another file that is still there.
    boolean isUnfinishedCopy(String name) {
        return copies.contains(name);
    }

    /// Takes note of what there is now.
    ///
    /// @param moves receives the name and position of each file whose position is another now; null: nothing
    ///     was read
    void update(NavigableMap<String, ListedFile> listed, BiConsumer<String, @Nullable FilePosition> moves) {
        Map<String, FilePosition> displaced = displaced(listed);
        List<ListedFile> newcomers = listed.values().stream()
                .filter(file -> !positions.containsKey(file.name()) || displaced.containsKey(file.name()))
                .sorted(Comparator.comparingLong(ListedFile::time).thenComparing(ListedFile::name))
                .toList();
        Map<String, @Nullable FilePosition> changes = new TreeMap<>();
        displaced.keySet().forEach(name -> changes.put(name, null));
        Heirs heirs = new Heirs(displaced, listed);
        copies.clear();
        newcomers.forEach(file -> heirs.of(file)
                .ifPresentOrElse(position -> changes.put(file.name(), position), () -> heirs.noteCopy(file)));
        changes.forEach((name, position) -> {
            set(name, position);
            moves.accept(name, position);
        });
    }

    /// Positions whose file is gone, or is another one.
    private Map<String, FilePosition> displaced(Map<String, ListedFile> listed) {
        Map<String, FilePosition> displaced = new TreeMap<>();
        positions.forEach((name, position) -> {
            ListedFile file = listed.get(name);
            if (file == null || !continues(file, position)) displaced.put(name, position);
        });
        return displaced;
    }

    private static boolean continues(ListedFile file, FilePosition position) {
        return file.identity().equals(position.seen()) || matches(file, position, true);
    }

    private static boolean matches(ListedFile file, FilePosition position, boolean unknown) {
        try {
            return FileContents.matches(file.path(), position);
        } catch (IOException unreadable) {
            return unknown && !(unreadable instanceof EOFException);
        }
    }

    /// Finds for a new name what was read of its file under another.
    private final class Heirs {
        private final Map<String, FilePosition> displaced;
        private final Map<String, ListedFile> listed;
        private final Map<String, FilePosition> bySeen = new HashMap<>();
        private final Map<String, Map<String, FilePosition>> byOriginal = new HashMap<>();

        Heirs(Map<String, FilePosition> displaced, Map<String, ListedFile> listed) {
            this.displaced = displaced;
            this.listed = listed;
            displaced.forEach((name, position) -> {
                bySeen.put(position.seen(), position);
                byOriginal
                        .computeIfAbsent(Rotation.original(name), original -> new TreeMap<>())
                        .put(name, position);
            });
        }

        Optional<FilePosition> of(ListedFile file) {
            FilePosition same = bySeen.get(file.identity());
            if (same != null) return Optional.of(same);
            return Stream.concat(moved(file.name()), copied(file.name()))
                    .filter(position -> matches(file, position, false))
                    .findFirst()
                    .map(position -> position.seen(""));
        }

        private Stream<FilePosition> moved(String name) {
            return byOriginal.getOrDefault(Rotation.original(name), Map.of()).values().stream()
                    .limit(MOST_CANDIDATES);
        }

        private Stream<FilePosition> copied(String name) {
            return originals(name).map(positions::get).filter(position -> position != null);
        }

        /// What it may be a copy of.
        private Stream<String> originals(String name) {
            return Stream.of(Rotation.uncompressed(name), Rotation.original(name))
                    .distinct()
                    .filter(other -> !other.equals(name));
        }

        void noteCopy(ListedFile file) {
            boolean copy = originals(file.name())
                    .filter(other -> positions.containsKey(other) && !displaced.containsKey(other))
                    .map(listed::get)
                    .anyMatch(other -> other != null && FileContents.beginAlike(file.path(), other.path()));
            if (copy) copies.add(file.name());
        }
    }
}
