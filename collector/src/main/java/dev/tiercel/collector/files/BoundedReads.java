package dev.tiercel.collector.files;

import dev.tiercel.service.Health;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.WorkerPool;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads of files that somebody else controls, on threads of their own: a read from a hanging file system cannot be
/// interrupted, so it is left behind with its thread.
///
/// Reads belong to owners, such as containers. An owner whose read is late gets no other until that one has ended and a
/// pause is over, so it holds one thread and delays nobody again and again; other owners have the other threads. If all
/// threads are held, reads are refused. Thread-safe.
public final class BoundedReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedReads.class);
    private static final int LATE_REMEMBERED = 1024;

    private final String name;
    private final int threads;
    private final Duration limit;
    private final Duration pause;
    private final WorkerPool pool;
    private final Map<Object, Read> running = new LinkedHashMap<>();
    /// When owners whose read was late may read again.
    private final Map<Object, Long> late = new LinkedHashMap<>();

    private boolean refusalLogged;
    private boolean lateLogged;

    /// A read that was started and has not ended.
    private record Read(long deadlineNanos) {}

    /// @param name of the threads
    /// @param threads most reads at a time, hanging ones included
    /// @param limit after which a read is late
    /// @param pause for which an owner whose read was late gets no other
    public BoundedReads(String name, int threads, Duration limit, Duration pause) {
        this.name = name;
        this.threads = threads;
        this.limit = limit;
        this.pause = pause;
        this.pool = WorkerPool.of(name, threads, threads);
    }

    /// The result of the read; empty if it is late, or refused.
    public <T> Optional<T> call(Object owner, Supplier<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!start(owner, read, result::complete)) {
            return Optional.empty();
        }
        try {
            return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            late(owner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nothing completes it so
        }
        return Optional.empty();
    }

    /// Starts the read; `done` is given the result on another thread, however late it is.
    ///
    /// @return false if it is refused
    public <T> boolean start(Object owner, Supplier<T> read, Consumer<T> done) {
        if (!admit(owner)) {
            return false;
        }
        pool.execute(() -> {
            T result;
            try {
                result = read.get();
            } finally {
                ended(owner); // before its result is known: its owner may have another read to start then
            }
            done.accept(result);
        });
        return true;
    }

    /// How long a read may take.
    public Duration limit() {
        return limit;
    }

    /// Reads that are late and have not ended.
    public synchronized int hanging() {
        long now = System.nanoTime();
        return (int) running.values().stream()
                .filter(read -> now - read.deadlineNanos >= 0)
                .count();
    }

    /// Failing if the last read that ended threw; otherwise says how many hang.
    public Health check() {
        int hanging = hanging();
        return pool.check().and(hanging == 0 ? Health.ok() : Health.ok("%d of %s hang".formatted(hanging, name)));
    }

    @Override
    public void close() {
        pool.close();
    }

    private synchronized boolean admit(Object owner) {
        long now = System.nanoTime();
        Long again = late.get(owner);
        if (running.containsKey(owner) || (again != null && now - again < 0)) {
            return false;
        }
        if (running.size() >= threads) {
            refuse();
            return false;
        }
        late.remove(owner);
        running.put(owner, new Read(now + limit.toNanos()));
        return true;
    }

    private void refuse() {
        if (!refusalLogged) {
            refusalLogged = true;
            LOG.warn(
                    "{}: all {} threads hang in files of containers; what those files say stays unknown",
                    name,
                    threads);
        }
    }

    private synchronized void ended(Object owner) {
        Read read = running.remove(owner);
        if (read != null && System.nanoTime() - read.deadlineNanos >= 0) {
            pause(owner);
        }
    }

    private synchronized void late(Object owner) {
        if (!lateLogged) {
            lateLogged = true;
            LOG.warn(
                    "{}: a read for {} takes longer than {} ms and is left behind (logged once)",
                    name,
                    PlainText.line(String.valueOf(owner)),
                    limit.toMillis());
        }
        pause(owner);
    }

    private void pause(Object owner) {
        late.put(owner, System.nanoTime() + pause.toNanos());
        Iterator<Object> oldest = late.keySet().iterator();
        while (late.size() > LATE_REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }
}
