package dev.tiercel.collector.store;

import java.util.Locale;
import java.util.StringJoiner;

/// Events lost on disk: to make room, or because a file was damaged. Those of earlier runs are counted apart, since
/// they are not among the records that this run has drained.
public final class Losses {
    private final long[] removed = new long[EventRank.values().length];
    private long full;
    private long damaged;
    private long inherited;

    /// Events of this run removed to make room.
    public long full() {
        return full;
    }

    /// Events of this run in damaged files.
    public long damaged() {
        return damaged;
    }

    /// Events of earlier runs, lost either way.
    public long inherited() {
        return inherited;
    }

    void damaged(Segment segment) {
        if (segment.inherited()) {
            inherited += segment.unread();
        } else {
            damaged += segment.unread();
        }
        segment.clear();
    }

    /// `after` is what is left of `before`.
    void removed(Segment before, long[] after) {
        for (int rank = 0; rank < removed.length; rank++) {
            long gone = before.unread(rank) - after[rank];
            removed[rank] += gone;
            if (before.inherited()) {
                inherited += gone;
            } else {
                full += gone;
            }
        }
    }

    /// `open 120, process 3`: removed to make room, by rank.
    String byRank() {
        StringJoiner text = new StringJoiner(", ");
        for (EventRank rank : EventRank.values()) {
            if (removed[rank.index()] > 0) {
                text.add(rank.name().toLowerCase(Locale.ROOT) + " " + removed[rank.index()]);
            }
        }
        return text.toString();
    }
}
