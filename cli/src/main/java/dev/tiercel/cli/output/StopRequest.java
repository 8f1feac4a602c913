package dev.tiercel.cli.output;

import dev.tiercel.service.Lifecycle;

/// A request to end a loop: Ctrl-C or SIGTERM.
public final class StopRequest implements AutoCloseable {
    private final Lifecycle lifecycle = new Lifecycle();

    private StopRequest() {}

    /// From now on both signals make this request instead of ending the process.
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
