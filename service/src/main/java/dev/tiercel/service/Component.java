package dev.tiercel.service;

import java.util.function.Consumer;

/// A part of a process that is started, checked and closed.
///
/// [Lifecycle] calls [#onFailure], then [#start], later [#close], each once and from one thread; [#check] may be
/// called from any thread at any time.
public interface Component extends AutoCloseable {
    /// Short kebab-case name, for logs, health and `doctor`: `collector`.
    String name();

    /// Registers a listener that is called if the component fails after [#start] has returned; the failure has been
    /// logged by then. A component that cannot fail may ignore it.
    default void onFailure(Consumer<Throwable> listener) {}

    /// Returns when the component is working.
    ///
    /// @throws RuntimeException if it cannot start; [#close], which is called then too, releases what was acquired
    void start();

    /// The current health; cheap, does not block.
    Health check();

    /// Stops and releases everything; idempotent, even if [#start] failed or was never called.
    @Override
    void close();
}
