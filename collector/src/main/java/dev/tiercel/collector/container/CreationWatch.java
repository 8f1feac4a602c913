package dev.tiercel.collector.container;

import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the containers that one engine creates, so that a container is known before its first process.
///
/// A container is looked up as soon as the engine reports its creation: a short-lived one may be gone later. First in
/// the engine's list, which has the mounts at once, then by inspection: Docker responds to that either at once or, if
/// the start has begun by then, only when it is complete (it holds the container's lock). Whenever the event stream is
/// (re-)established, the existing containers are inspected too. Works on threads of its own and calls the listener on
/// them. What does not fit into their queues is not looked up: the container's first process leads to a look-up as
/// well.
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
    private final Worker worker;
    private final WorkerPool listing = WorkerPool.of("container-list", 1, INSPECTIONS_WAITING);
    private final WorkerPool created = WorkerPool.of("container-created", INSPECTIONS_AT_ONCE, INSPECTIONS_WAITING);
    private final WorkerPool present = WorkerPool.of("container-present", 1, 1);
    private volatile boolean following;
    private boolean lost;

    CreationWatch(EngineClient engine, ContainerListener listener) {
        this.engine = engine;
        this.listener = listener;
        this.worker = new Worker("container-events-" + engine.runtime(), Duration.ofSeconds(1));
        worker.start(this::run);
    }

    /// Whether events are being received.
    boolean following() {
        return following;
    }

    /// Failing if the thread that listens has died, or a question threw.
    Health check() {
        return worker.check().and(listing.check()).and(created.check()).and(present.check());
    }

    @Override
    public void close() {
        worker.close();
        listing.close();
        created.close();
        present.close();
    }

    private void run() throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            long begun = System.nanoTime();
            if (engine.present()) {
                follow();
            }
            boolean steady = System.nanoTime() - begun > STEADY_NANOS;
            pauseMillis = steady ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            Thread.sleep(pauseMillis);
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
            lost(PlainCause.of(e));
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
                if (worker.closing()) {
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
        if (!worker.closing()) {
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
        if (!lost && !worker.closing()) {
            lost = true;
            LOG.warn(
                    "{}: no container events ({}); short-lived containers may have no name until they resume",
                    engine.describe(),
                    reason);
        }
    }
}
