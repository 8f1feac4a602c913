package dev.tiercel.schemas;

/// The fields of SyscallBatch that are known when a batch begins.
///
/// @param node host name
/// @param lane from 0
/// @param sequence number of the batch in its lane since the collector started, from 0
/// @param collectorStart nanoseconds since the epoch
/// @param firstEvent events in earlier batches of the lane; `evt.num` of the first event is one more
/// @param baseTime nanoseconds since the epoch; event times are stored relative to it
public record BatchHeader(String node, int lane, long sequence, long collectorStart, long firstEvent, long baseTime) {}
