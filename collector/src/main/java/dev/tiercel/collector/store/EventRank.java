package dev.tiercel.collector.store;

import dev.tiercel.schemas.EventCategory;
import dev.tiercel.schemas.EventType;
import java.util.EnumSet;
import java.util.Set;

/// In which order events are given up when the spool is full, the first ones first.
///
/// Opens are most of what a node does, and one says the least alone. Lives and rights of processes go last: without
/// them no other event can be explained.
enum EventRank {
    OPEN(0),
    FILE(1),
    NETWORK(2),
    OTHER(3),
    PROCESS(4);

    private static final Set<EventType> OPENS = EnumSet.of(
            EventType.OPEN, EventType.OPENAT, EventType.OPENAT2, EventType.CREAT, EventType.OPEN_BY_HANDLE_AT);
    private static final EventRank[] BY_NUMBER = new EventRank[EventType.NUMBER_LIMIT];

    static {
        for (EventType type : EventType.values()) {
            BY_NUMBER[type.number()] = of(type);
        }
    }

    private final int index;

    EventRank(int index) {
        this.index = index;
    }

    /// Its place in the counts of a record on disk.
    int index() {
        return index;
    }

    /// The rank of an [EventType#number]; of one that this version does not know: [#OTHER].
    static EventRank ofNumber(int number) {
        EventRank rank = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return rank == null ? OTHER : rank;
    }

    private static EventRank of(EventType type) {
        if (OPENS.contains(type)) {
            return OPEN;
        }
        return switch (type.category()) {
            case EventCategory.FILE -> FILE;
            case EventCategory.NET -> NETWORK;
            case EventCategory.PROCESS, EventCategory.USER -> PROCESS;
            default -> OTHER;
        };
    }
}
