package dev.tiercel.collector.container;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the containers that one engine creates, so that a container is known before its first process.
///
/// A container is looked up as soon as the engine reports its creation: a short-lived one may be gone later. First in
/// the engine's list, which has the mounts at once, then by inspection: Docker responds to that either at once or, if
/// the start has begun by then, only when it is complete (it holds the container's lock). Whenever the event stream is
/// (re-)established, the existing containers are inspected too. Works on threads of its own and calls the listener on
/// them.
final class CreationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CreationWatch.class);
    private static final int INSPECTIONS_AT_ONCE = 4;
    private static final int INSPECTIONS_WAITING = 1024;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long STEADY_NANOS = 10_000_000_000L;

    /// Receives the descriptions; must be thread-safe.
    interface ContainerListener {
        /// An engine has described a container.
        ///
        /// @param complete false: a partial description; the engine is being queried for more
        void described(String id, ContainerDescription description, boolean complete);

        /// An engine did not respond to a request.
        void unresponsive(EngineClient engine, IOException failure);
    }

    private final EngineClient engine;
    private final ContainerListener listener;
    private final Thread thread;
    private final ThreadPoolExecutor listing = executor("container-list", 1, INSPECTIONS_WAITING);
    private final ThreadPoolExecutor created = executor("container-created", INSPECTIONS_AT_ONCE, INSPECTIONS_WAITING);
    private final ThreadPoolExecutor present = executor("container-present", 1, 1);
    private volatile boolean closed;
    private volatile boolean following;
    private boolean lost;

    CreationWatch(EngineClient engine, ContainerListener listener) {
        this.engine = engine;
        this.listener = listener;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("container-events-" + engine.runtime())
                .start(this::run);
    }

    /// Whether events are being received.
    boolean following() {
        return following;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        listing.shutdownNow();
        created.shutdownNow();
        present.shutdownNow();
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!closed) {
            long begun = System.nanoTime();
            if (engine.present()) {
                follow();
            }
            boolean steady = System.nanoTime() - begun > STEADY_NANOS;
            pauseMillis = steady ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            pause(pauseMillis);
        }
    }

    private void follow() {
        try (EventStream events = engine.creations()) {
            resumed();
            present.execute(this::inspectPresent);
            for (Optional<String> line = events.next(); line.isPresent(); line = events.next()) {
                CreateEvent.parse(line.get()).ifPresent(this::created);
            }
            lost("the engine closed the stream");
        } catch (IOException e) {
            lost(e.toString());
        }
    }

    private void created(CreateEvent event) {
        ContainerDescription fromEvent = event.description(engine.runtime());
        listener.described(event.id(), fromEvent, false);
        listing.execute(() -> list(event.id(), fromEvent));
    }

    private void list(String id, ContainerDescription fromEvent) {
        Optional<ContainerDescription> listed = Optional.empty();
        try {
            listed = engine.listed(id);
        } catch (IOException e) {
            unresponsive(e);
        }
        listed.ifPresent(description -> listener.described(id, description, false));
        ContainerDescription partial = listed.orElse(fromEvent);
        created.execute(() -> inspect(id, Optional.of(partial)));
    }

    private void inspectPresent() {
        try {
            for (String id : engine.list()) {
                if (closed) {
                    return;
                }
                inspect(id, Optional.empty());
            }
        } catch (IOException e) {
            unresponsive(e);
        }
    }

    /// @param partial from the event or the list; all there is if the container is already gone
    private void inspect(String id, Optional<ContainerDescription> partial) {
        try {
            engine.inspect(id).or(() -> partial).ifPresent(description -> listener.described(id, description, true));
        } catch (IOException e) {
            unresponsive(e);
        }
    }

    private void unresponsive(IOException failure) {
        if (!closed) {
            listener.unresponsive(engine, failure);
        }
    }

    private void resumed() {
        following = true;
        if (lost) {
            lost = false;
            LOG.info("{}: receiving container events again", engine.describe());
        }
    }

    private void lost(String reason) {
        following = false;
        if (!lost && !closed) {
            lost = true;
            LOG.warn(
                    "{}: no container events ({}); short-lived containers may have no name until they resume",
                    engine.describe(),
                    reason);
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /// A full queue discards: the container's first process triggers the same lookup.
    private static ThreadPoolExecutor executor(String name, int threads, int waiting) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
