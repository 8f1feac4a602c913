package dev.tiercel.collector.batch;

/// A finished batch, ready to publish.
public final class Batch {
    private final int lane;
    private final byte[] value;
    private final int events;

    /// @param lane from 0
    /// @param value the record's value, in Confluent's wire format; not modified afterwards
    /// @param events number of events in it
    public Batch(int lane, byte[] value, int events) {
        this.lane = lane;
        this.value = value;
        this.events = events;
    }

    public int lane() {
        return lane;
    }

    /// The record's value, not a copy.
    public byte[] value() {
        return value;
    }

    public int events() {
        return events;
    }
}
