package dev.tiercel.detector;

/// Where an event is: names it for ever, since Kafka never gives an offset twice.
///
/// @param index index in the batch, from 0
public record EventPlace(String topic, int partition, long offset, int index) {
    /// `events.syscall-3@1042#17`: for logs and for hashing; no two places print the same.
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset + "#" + index;
    }
}
