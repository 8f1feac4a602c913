package dev.tiercel.service;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one body on a thread of its own until it is closed, and knows how that ended.
///
/// Whatever the body throws is the worker's failure, and so is a return before [#close]: it is logged once, told to
/// the listeners on the worker's thread, and stays in [#check]. Only an [InterruptedException] after [#close] is a way
/// to end. The thread is a daemon: one that hangs cannot keep the process alive. Thread-safe.
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final Duration closeLimit;
    private volatile Consumer<Throwable> listeners = failure -> {};
    private volatile @Nullable Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;
    private volatile boolean hung;
    private Consumer<Thread> stop = Thread::interrupt;

    /// What a worker does, once.
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    /// @param name the thread's
    /// @param closeLimit longest wait of [#close] for the body to end
    public Worker(String name, Duration closeLimit) {
        this.name = name;
        this.closeLimit = closeLimit;
    }

    /// Adds a listener for the failure; before [#start].
    public void onFailure(Consumer<Throwable> listener) {
        listeners = listeners.andThen(listener);
    }

    /// Starts the thread, which [#close] interrupts; does nothing if closed already.
    public void start(Body body) {
        start(body, Thread::interrupt);
    }

    /// Starts the thread; [#close] calls `wakeUp` instead of interrupting it, and the body looks at [#closing].
    public void start(Body body, Runnable wakeUp) {
        start(body, running -> wakeUp.run());
    }

    private synchronized void start(Body body, Consumer<Thread> stop) {
        if (thread != null) {
            throw new IllegalStateException("thread " + name + " is started already");
        }
        if (!closing) {
            this.stop = stop;
            Thread created = Thread.ofPlatform().name(name).daemon().unstarted(() -> guard(body));
            thread = created;
            created.start();
        }
    }

    /// Whether [#close] was called.
    public boolean closing() {
        return closing;
    }

    /// Whether the body is being run now.
    public boolean running() {
        Thread started = thread;
        return started != null && started.isAlive();
    }

    /// Healthy while the body runs, and after it ended because of [#close].
    public Health check() {
        Throwable cause = failure;
        if (cause != null) {
            return Health.failing("thread %s stopped: %s".formatted(name, cause));
        }
        boolean running = running(); // before closing: a body that closes its worker ends afterwards
        if (!closing) {
            return running ? Health.ok() : Health.failing(thread == null ? "not started" : "thread " + name + " ended");
        }
        return running && hung ? Health.failing("thread " + name + " does not stop") : Health.ok("stopped");
    }

    /// Asks the body to end and waits, for a limited time; then it logs where the thread is, and leaves it behind.
    /// Called by the body itself it says that the body ends on purpose. Idempotent; an interrupt does not shorten
    /// the wait.
    @Override
    public void close() {
        Thread ending = askToEnd();
        if (ending != null && !join(ending)) {
            hung = true;
            StackTraceElement[] trace = ending.getStackTrace();
            LOG.warn(
                    "thread {} did not stop within {} ms and is left behind{}",
                    name,
                    closeLimit.toMillis(),
                    trace.length == 0 ? "" : ", at " + trace[0]);
        }
    }

    /// The thread to wait for; null: there is none.
    private synchronized @Nullable Thread askToEnd() {
        closing = true;
        Thread running = thread;
        if (running == null || running.equals(Thread.currentThread()) || !running.isAlive()) {
            return null;
        }
        stop.accept(running);
        return running;
    }

    private boolean join(Thread ending) {
        long deadline = System.nanoTime() + closeLimit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ending.join(Duration.ofNanos(deadline - System.nanoTime()));
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void guard(Body body) {
        try {
            body.run();
            if (!closing) {
                throw new IllegalStateException("it ended, though nobody had asked it to");
            }
        } catch (Throwable cause) {
            if (!closing || !(cause instanceof InterruptedException)) {
                fail(cause);
            }
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        LOG.error("thread {} failed: {}", name, cause.toString(), cause);
        listeners.accept(cause);
    }
}
