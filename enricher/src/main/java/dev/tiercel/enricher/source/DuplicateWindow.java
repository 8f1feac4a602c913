package dev.tiercel.enricher.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The ids of the last events of one event source, so that what is delivered twice is published once.
///
/// Ids are added in steps: those of a transaction that fails are taken back. Not thread-safe.
final class DuplicateWindow {
    private final int limit;
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<String> uncommitted = new ArrayList<>();

    /// @param limit ids that are remembered; the oldest are forgotten
    DuplicateWindow(int limit) {
        this.limit = limit;
    }

    /// Remembers `id`.
    ///
    /// @return false: it was there already
    boolean add(String id) {
        boolean added = ids.add(id);
        if (added) uncommitted.add(id);
        return added;
    }

    /// What was added stays.
    void commit() {
        uncommitted.clear();
        while (ids.size() > limit) {
            ids.remove(ids.iterator().next());
        }
    }

    /// Takes back what was added since the last [#commit].
    void abort() {
        uncommitted.forEach(ids::remove);
        uncommitted.clear();
    }
}
