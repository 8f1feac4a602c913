package dev.tiercel.cli;

import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Lifecycle;
import java.util.concurrent.CountDownLatch;

/// Whether somebody wants a loop to end: Ctrl-C, SIGTERM, or the code itself.
final class StopRequest implements AutoCloseable {
    private final Lifecycle lifecycle = new Lifecycle();
    private final CountDownLatch requested = new CountDownLatch(1);

    private StopRequest() {}

    /// From now on the two signals are requests, no longer the end of the process.
    static StopRequest onSignals() {
        StopRequest request = new StopRequest();
        request.lifecycle.start(request.new Loop()).stopOnSignals();
        Thread.ofVirtual().name("stop-request").start(request.lifecycle::await);
        return request;
    }

    boolean requested() {
        return requested.getCount() == 0;
    }

    @Override
    public void close() {
        lifecycle.close();
    }

    private final class Loop implements Component {
        @Override
        public String name() {
            return "loop";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return Health.fine();
        }

        @Override
        public void close() {
            requested.countDown();
        }
    }
}
