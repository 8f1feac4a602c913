package dev.tiercel.collector.batch;

/// The header fields that all batches of a collector share.
///
/// @param node host name
/// @param collectorStart nanoseconds since the epoch
/// @param unwatchedSince until when the node was watched before, nanoseconds since the epoch; 0: no gap is known
/// @param schemaId of SyscallBatch in the registry
public record BatchOrigin(String node, long collectorStart, long unwatchedSince, int schemaId) {}
