package dev.tiercel.collector;

import java.util.Map;

/// What became of the records at one moment: `drained = published + pending + stateOnly + sum(ignored) + sum(dropped)`.
///
/// @param drained records taken from the source
/// @param published events that the broker acknowledged
/// @param pending events in a batch that is open, waiting, in flight or on disk; counted, not computed from the rest
/// @param stateOnly records that only changed the state of the node
/// @param ignored records ignored on purpose, by reason; `unknown-type`: this version does not know the type
/// @param dropped records lost in the collector, by reason; `translation`: a bug in translating it; `publish`: the
/// broker refused the batch, or the collector stopped before it was accepted; `spool-full`: removed from disk to make
/// room; `spool-damaged`: unreadable on disk
/// @param batches acknowledged
/// @param bytes of the acknowledged batches, before compression
/// @param processes currently known
/// @param containers currently known
public record CollectorCounts(
        long drained,
        long published,
        long pending,
        long stateOnly,
        Map<String, Long> ignored,
        Map<String, Long> dropped,
        long batches,
        long bytes,
        long processes,
        long containers) {
    static final CollectorCounts NONE = new CollectorCounts(0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0);

    public CollectorCounts {
        ignored = Map.copyOf(ignored);
        dropped = Map.copyOf(dropped);
    }

    /// Records lost in the collector.
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Records ignored on purpose.
    public long ignoredTotal() {
        return ignored.values().stream().mapToLong(Long::longValue).sum();
    }
}
