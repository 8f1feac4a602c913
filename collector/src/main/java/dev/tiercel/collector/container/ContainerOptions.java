package dev.tiercel.collector.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Options for looking up containers.
///
/// @param engines queried in this order; one whose socket is absent is skipped
/// @param engineTimeout longest wait for one response
/// @param proc the host's /proc
/// @param capacity most containers remembered; the least recently used are forgotten first
public record ContainerOptions(List<Engine> engines, Duration engineTimeout, Path proc, int capacity) {
    public ContainerOptions {
        engines = List.copyOf(engines);
    }

    /// The same with no engine to ask and another /proc.
    public ContainerOptions withoutEngines(Path proc) {
        return new ContainerOptions(List.of(), engineTimeout, proc, capacity);
    }

    /// A container engine and its socket.
    ///
    /// @param runtime docker or podman
    public record Engine(String runtime, Path socket) {}
}
