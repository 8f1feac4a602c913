package dev.tiercel.cli.output;

import dev.tiercel.service.Lifecycle;

/// Whether somebody wants a loop to end: Ctrl-C, SIGTERM, or the code itself.
public final class StopRequest implements AutoCloseable {
    private final Lifecycle lifecycle = new Lifecycle();

    private StopRequest() {}

    /// From now on the two signals are requests, no longer the end of the process.
    public static StopRequest onSignals() {
        StopRequest request = new StopRequest();
        request.lifecycle.stopOnSignals();
        return request;
    }

    public boolean requested() {
        return lifecycle.stopping();
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
