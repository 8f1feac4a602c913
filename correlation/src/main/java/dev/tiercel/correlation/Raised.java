package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.types.Found;

/// An alert that can still be revised.
final class Raised {
    Found found;
    final String id;
    int revision;
    boolean complete;

    Raised(Found found, String id, boolean complete) {
        this.found = found;
        this.id = id;
        this.complete = complete;
    }

    Evidence last() {
        return found.last().evidence();
    }
}
