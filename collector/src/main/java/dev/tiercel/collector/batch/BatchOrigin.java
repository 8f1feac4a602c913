package dev.tiercel.collector.batch;

/// The header fields that all batches of a collector share.
///
/// @param node host name
/// @param collectorStart nanoseconds since the epoch
/// @param schemaId of SyscallBatch in the registry
public record BatchOrigin(String node, long collectorStart, int schemaId) {}
