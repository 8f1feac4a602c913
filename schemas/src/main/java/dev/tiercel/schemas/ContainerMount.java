package dev.tiercel.schemas;

/// One mount of a container.
///
/// @param source path on the host, or volume name
/// @param destination path in the container
/// @param mode the engine's mode string, often empty
/// @param writable mounted read-write
/// @param propagation rprivate, rshared ...; may be empty
public record ContainerMount(String source, String destination, String mode, boolean writable, String propagation) {}
