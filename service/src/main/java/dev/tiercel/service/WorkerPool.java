package dev.tiercel.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs short tasks on threads of its own; a task that throws ends neither its thread nor unseen.
///
/// What a task throws is counted, logged once of its kind, and is in [#check] until a later task ends well.
/// Thread-safe.
public final class WorkerPool implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String name;
    private final ExecutorService threads;
    private final Duration grace;
    private final DistinctErrors errors = new DistinctErrors(LOG);
    private volatile @Nullable Throwable last;

    private WorkerPool(String name, ExecutorService threads, Duration grace) {
        this.name = name;
        this.threads = threads;
        this.grace = grace;
    }

    /// A few daemon threads, there while there is work, for tasks that are worth nothing once it is closed.
    ///
    /// @param waiting tasks that may wait for a thread; more are dropped
    public static WorkerPool of(String name, int threads, int waiting) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return new WorkerPool(name, executor, Duration.ZERO);
    }

    /// A virtual thread for each task, for servers: tasks under way when it is closed have three seconds to end.
    public static WorkerPool perTask(String name) {
        return new WorkerPool(
                name,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(name + "-", 0).factory()),
                GRACE);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> guard(task));
    }

    /// Runs `task` later; never, if closed by then.
    public void execute(Runnable task, Duration delay) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this)
                .execute(task);
    }

    /// Failing if the last task that ended threw.
    public Health check() {
        Throwable cause = last;
        return cause == null
                ? Health.ok()
                : Health.failing(
                        "thread pool %s: %d tasks failed, the last with %s".formatted(name, errors.total(), cause));
    }

    /// Takes no more tasks, and interrupts those that run; idempotent.
    @Override
    public void close() {
        threads.shutdown();
        try {
            boolean _ = threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    private void guard(Runnable task) {
        try {
            task.run();
            last = null;
        } catch (Throwable cause) {
            errors.record("a task of thread pool " + name, cause);
            last = cause;
        }
    }
}
