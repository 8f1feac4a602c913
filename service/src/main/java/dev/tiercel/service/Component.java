package dev.tiercel.service;

import java.util.function.Consumer;

/// A part of a process that is started, asked how it is, and closed.
///
/// [Lifecycle] calls [#onFailure], then [#start], later [#close], each once and from one thread; [#check] may be
/// called from any thread at any time.
public interface Component extends AutoCloseable {
    /// Short kebab-case name, for logs, health and `doctor`: `collector`.
    String name();

    /// Registers who is told, once it is logged, that the component died after [#start] returned. A component that
    /// cannot die may ignore it.
    default void onFailure(Consumer<Throwable> listener) {}

    /// Returns when the component works.
    ///
    /// @throws RuntimeException if it cannot start; what was acquired is released by [#close], which is called then
    ///     too
    void start();

    /// How it is now; cheap, does not block.
    Health check();

    /// Stops and releases everything; idempotent, also after a failed or absent [#start].
    @Override
    void close();
}
