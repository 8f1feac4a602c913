package dev.tiercel.collector.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How containers are looked up.
///
/// @param engines asked in this order; an engine whose socket is absent is not asked
/// @param engineTimeout for one answer
/// @param proc /proc of the host
/// @param capacity containers remembered; the least recently new ones are forgotten first
public record ContainerOptions(List<Engine> engines, Duration engineTimeout, Path proc, int capacity) {
    public ContainerOptions {
        engines = List.copyOf(engines);
    }

    /// An engine's socket.
    ///
    /// @param runtime docker or podman
    public record Engine(String runtime, Path socket) {}
}
