package dev.tiercel.correlation.match;

import java.util.Comparator;

/// An event that contributes to an alert. Ordered by time, then by identity.
///
/// @param source    event source; of an alert of another correlation: `Correlator.alertsOf` it
/// @param time      of the event, nanoseconds since the epoch
/// @param identity  names the event within its source and time, wherever it is; empty: its address does
/// @param hostname  node or origin that it is from
/// @param topic     of its address
/// @param partition of its address
/// @param offset    of its address
/// @param index     in the record; 0 where a record is one event
/// @param complete  false: its sensor lost records just before, so something may be missing
public record Evidence(
        String source,
        long time,
        String identity,
        String hostname,
        String topic,
        int partition,
        long offset,
        int index,
        boolean complete)
        implements Comparable<Evidence> {

    private static final Comparator<Evidence> BY_ADDRESS = Comparator.comparing(Evidence::topic)
            .thenComparingInt(Evidence::partition)
            .thenComparingLong(Evidence::offset)
            .thenComparingInt(Evidence::index);

    /// Names the event for ever: its identity, otherwise its address as `topic-partition-offset-index`.
    public String name() {
        return identity.isEmpty() ? topic + '-' + partition + '-' + offset + '-' + index : identity;
    }

    /// Zero for the same event, although it may have been delivered at two addresses.
    @Override
    public int compareTo(Evidence other) {
        if (time != other.time) return Long.compare(time, other.time);
        int order = identity.compareTo(other.identity);
        return order == 0 && identity.isEmpty() ? BY_ADDRESS.compare(this, other) : order;
    }

    /// Whether it is the same event, although it may have been delivered at two addresses.
    boolean isSameEvent(Evidence other) {
        return time == other.time && compareTo(other) == 0;
    }
}
