package dev.tiercel.collector.container;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the containers that one engine makes, so that a container is known before its first process is.
///
/// A container is asked about when the engine says that it has been made: after a short life there may be nothing
/// left to answer about. First in the engine's list, which has the mounts at once, then whole: to that Docker
/// answers either at once or, if the start has begun by then, only when it is complete (it holds the container's
/// lock). Each time the stream of events is there (again), the containers that are there already are asked about
/// too. Works on threads of its own; the listener is called on them.
final class CreationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CreationWatch.class);
    private static final int INSPECTIONS_AT_ONCE = 4;
    private static final int INSPECTIONS_WAITING = 1024;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long STEADY_NANOS = 10_000_000_000L;

    /// Is told what is learnt; must be thread-safe.
    interface ContainerListener {
        /// What an engine says about a container.
        ///
        /// @param complete false: this is what came with the event, and the engine is being asked for more
        void learnt(String id, ContainerDescription description, boolean complete);

        /// A question about a container that the engine did not answer.
        void unanswered(EngineClient engine, IOException failure);
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

    /// Whether events come now.
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
                if (closed) {
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
        if (!closed) {
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
        if (!lost && !closed) {
            lost = true;
            LOG.warn(
                    "{}: not told of new containers ({}); short-lived ones may have no name until that is back",
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

    /// What does not fit is not done: the container's first process leads to the question as well.
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
