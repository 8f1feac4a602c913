package dev.tiercel.cli.demo;

import java.time.Duration;
import java.util.List;

/// The alerts that a pipeline raises from some moment on, all of them. Not thread-safe.
interface AlertFeed extends AutoCloseable {
    /// Waits for alerts, at most so long; returns at once what is there.
    ///
    /// @throws dev.tiercel.cli.output.EnvironmentException if no more will come
    List<DemoAlert> poll(Duration patience);

    @Override
    void close();
}
