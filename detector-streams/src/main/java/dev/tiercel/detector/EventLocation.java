package dev.tiercel.detector;

/// The address of an event: permanent, since Kafka never reuses an offset.
///
/// @param index index in the batch, from 0
public record EventLocation(String topic, int partition, long offset, int index) {
    /// `events.syscall-3@1042#17`: for logs and hashing; distinct for distinct addresses.
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset + "#" + index;
    }
}
