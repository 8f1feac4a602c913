package dev.tiercel.enricher.source;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// How far sources had read when the publisher was opened: the contents of `sources.progress`. Immutable.
///
/// From then on a source knows by itself, and says so with its [Delivery]s.
public final class Progress {
    private final NavigableMap<String, String> positions;

    Progress(Map<String, String> positions) {
        this.positions = new TreeMap<>(positions);
    }

    /// Position of a part, as given to [Delivery#progress]; empty: nothing of it was read.
    public Optional<String> position(String part) {
        return Optional.ofNullable(positions.get(part));
    }

    /// The positions of all parts whose names begin with `prefix`, by name.
    public Map<String, String> positions(String prefix) {
        return Map.copyOf(positions.subMap(prefix, true, prefix + Character.MAX_VALUE, false));
    }
}
