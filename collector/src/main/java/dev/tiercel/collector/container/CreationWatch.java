package dev.tiercel.collector.container;

import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the containers that one engine makes, so that a container is known before its first process is.
///
/// A container is asked about when the engine says that it has been made: after a short life there may be nothing
/// left to answer about. First in the engine's list, which has the mounts at once, then whole: to that Docker
/// answers either at once or, if the start has begun by then, only when it is complete (it holds the container's
/// lock). Each time the stream of events is there (again), the containers that are there already are asked about
/// too. Works on threads of its own; the listener is called on them. What does not fit into their queues is not asked:
/// the container's first process leads to the question as well.
final class CreationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CreationWatch.class);
    private static final int INSPECTIONS_AT_ONCE = 4;
    private static final int INSPECTIONS_WAITING = 1024;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long STEADY_NANOS = 10_000_000_000L;

    /// Is told what is learnt; must be thread-safe.
    interface Listener {
        /// What an engine says about a container.
        ///
        /// @param complete false: this is what came with the event, and the engine is being asked for more
        void learnt(String id, ContainerDescription description, boolean complete);

        /// A question about a container that the engine did not answer.
        void unanswered(EngineClient engine, IOException failure);
    }

    private final EngineClient engine;
    private final Listener listener;
    private final Worker worker;
    private final WorkerPool listing = WorkerPool.of("container-list", 1, INSPECTIONS_WAITING);
    private final WorkerPool created = WorkerPool.of("container-created", INSPECTIONS_AT_ONCE, INSPECTIONS_WAITING);
    private final WorkerPool present = WorkerPool.of("container-present", 1, 1);
    private volatile boolean following;
    private boolean lost;

    CreationWatch(EngineClient engine, Listener listener) {
        this.engine = engine;
        this.listener = listener;
        this.worker = new Worker("container-events-" + engine.runtime(), Duration.ofSeconds(1));
        worker.start(this::run);
    }

    /// Whether events come now.
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
            found();
            present.execute(this::inspectPresent);
            for (Optional<String> line = events.next(); line.isPresent(); line = events.next()) {
                CreateEvent.parse(line.get()).ifPresent(this::created);
            }
            lost("the engine ended the stream");
        } catch (IOException e) {
            lost(e.toString());
        }
    }

    private void created(CreateEvent event) {
        ContainerDescription told = event.description(engine.runtime());
        listener.learnt(event.id(), told, false);
        listing.execute(() -> list(event.id(), told));
    }

    private void list(String id, ContainerDescription told) {
        Optional<ContainerDescription> listed = Optional.empty();
        try {
            listed = engine.listed(id);
        } catch (IOException e) {
            unanswered(e);
        }
        listed.ifPresent(description -> listener.learnt(id, description, false));
        ContainerDescription known = listed.orElse(told);
        created.execute(() -> inspect(id, Optional.of(known)));
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
            unanswered(e);
        }
    }

    /// @param told by the event or the list; all that remains if the container is gone already
    private void inspect(String id, Optional<ContainerDescription> told) {
        try {
            engine.inspect(id).or(() -> told).ifPresent(description -> listener.learnt(id, description, true));
        } catch (IOException e) {
            unanswered(e);
        }
    }

    private void unanswered(IOException failure) {
        if (!worker.closing()) {
            listener.unanswered(engine, failure);
        }
    }

    private void found() {
        following = true;
        if (lost) {
            lost = false;
            LOG.info("{}: told of new containers again", engine.describe());
        }
    }

    private void lost(String reason) {
        following = false;
        if (!lost && !worker.closing()) {
            lost = true;
            LOG.warn(
                    "{}: not told of new containers ({}); short-lived ones may have no name until that is back",
                    engine.describe(),
                    reason);
        }
    }
}
