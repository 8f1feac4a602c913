package dev.tiercel.collector.batch;

/// What all batches of a collector have in common.
///
/// @param node host name
/// @param collectorStart nanoseconds since the epoch
/// @param schemaId of SyscallBatch in the registry
public record BatchOrigin(String node, long collectorStart, int schemaId) {}
