package dev.tiercel.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts components in order, waits, and closes them in reverse order.
///
/// A signal (SIGTERM, SIGINT), [#stop] or the failure of one component ends the wait. A second signal while closing
/// halts the JVM.
public final class Lifecycle implements AutoCloseable {
    /// What [#await] returns after a requested stop.
    public static final int STOPPED = 0;

    /// What [#await] returns after a component failed.
    static final int FAILED = 1;

    private static final int HALTED = 130;
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final List<Component> started = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Runnable onStop = () -> {};
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// Starts `component` now; components added earlier are already running.
    ///
    /// @throws StoppedException if the end has been asked for, or something has failed, since; all are closed then
    /// @throws RuntimeException what the component threw, after it and those started before have been closed
    public synchronized Lifecycle start(Component component) {
        if (stopping()) {
            closeAll();
            throw new StoppedException();
        }
        started.add(component);
        component.onFailure(cause -> fail(component, cause));
        try {
            long from = System.nanoTime();
            component.start();
            LOG.debug("{} started in {} ms", component.name(), (System.nanoTime() - from) / 1_000_000);
        } catch (RuntimeException refused) {
            closeAll();
            throw refused;
        }
        return this;
    }

    /// The components started so far, in order.
    public List<Component> components() {
        return List.copyOf(started);
    }

    /// Makes SIGTERM and SIGINT end [#await]; called once per process.
    public Lifecycle stopOnSignals() {
        Signals.onStop(() -> {
            if (stopping()) {
                Runtime.getRuntime().halt(HALTED);
            }
            stop();
        });
        return this;
    }

    /// Whether a signal, [#stop] or a failure has ended [#await], or will.
    public boolean stopping() {
        return end.getCount() == 0;
    }

    /// Runs `action` at the first signal or [#stop], in its thread, before anything is closed.
    public Lifecycle onStop(Runnable action) {
        onStop = action;
        return this;
    }

    /// Ends [#await]; from any thread.
    public void stop() {
        if (asked.compareAndSet(false, true)) onStop.run();
        end.countDown();
    }

    /// Blocks until a signal, [#stop] or a failure, then closes everything.
    ///
    /// @return [#STOPPED] or [#FAILED]
    public int await() {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        close();
        return failure.get() == null ? STOPPED : FAILED;
    }

    /// The failure that ended [#await]; null if no component failed.
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /// Closes every component, last started first; idempotent. If one fails to close, that is logged and the others are
    /// closed all the same.
    @Override
    public void close() {
        end.countDown();
        closeAll();
    }

    private void fail(Component component, Throwable cause) {
        if (!stopping() && failure.compareAndSet(null, cause)) {
            LOG.error("{} failed, stopping: {}", component.name(), cause.toString());
        }
        end.countDown();
    }

    private synchronized void closeAll() {
        while (!started.isEmpty()) {
            Component component = started.removeLast();
            try {
                component.close();
                LOG.debug("{} closed", component.name());
            } catch (RuntimeException broken) {
                LOG.warn("{} did not close cleanly: {}", component.name(), broken.toString(), broken);
            }
        }
    }
}
