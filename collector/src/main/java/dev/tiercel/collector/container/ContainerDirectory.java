package dev.tiercel.collector.container;

import dev.tiercel.collector.user.AccountNames;
import dev.tiercel.service.Health;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every container seen lately, and the questions about them that are under way.
///
/// [#container] never blocks: engines and the containers' own account files are asked on threads of this class, and
/// what they answer is applied by [#poll], on the thread that owns the [Container]s. An engine that does not know a
/// container yet is asked again for about ten seconds (it answers only once the start is complete); after that the
/// absence is remembered. After [#follow] engines tell of containers as they are made, so that those that end at
/// once have names too.
public final class ContainerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDirectory.class);
    private static final long ACCOUNTS_INTERVAL_NANOS = 30_000_000_000L;
    /// An engine keeps a question about a container that it starts waiting; others need not wait behind it.
    private static final int QUESTIONS_AT_ONCE = 4;

    private static final long[] RETRY_MILLIS = {20, 50, 100, 250, 500, 1_000, 3_000, 5_000};

    /// What a question led to, to be applied by the owner.
    private interface Answer {
        void apply();
    }

    /// What the engines said of a container.
    ///
    /// @param silent at least one did not answer; what is found may be from its list
    private record Said(Optional<ContainerDescription> found, boolean silent) {}

    /// What was learnt of a container when it was made, kept for its first process.
    private record Early(ContainerDescription description, boolean complete) {}

    private final ContainerOptions options;
    private final List<EngineClient> engines;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final WorkerPool engineThreads = WorkerPool.of("container-engines", QUESTIONS_AT_ONCE, Integer.MAX_VALUE);
    private final WorkerPool accountThread = WorkerPool.of("container-accounts", 1, Integer.MAX_VALUE);
    private final Map<String, Container> containers;
    private final Map<String, Early> early;
    private final List<CreationWatch> watches = new ArrayList<>();
    private final Map<String, String> engineTroubles = new java.util.concurrent.ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    public ContainerDirectory(ContainerOptions options) {
        this.options = options;
        this.engines = options.engines().stream()
                .map(engine -> new EngineClient(engine.runtime(), engine.socket(), options.engineTimeout()))
                .toList();
        this.containers = latest(options.capacity());
        this.early = latest(options.capacity());
    }

    /// Has the engines tell of each container when it is made. Once; the threads that listen end with [#close].
    public void follow() {
        CreationWatch.Listener listener = new CreationWatch.Listener() {
            @Override
            public void learnt(String id, ContainerDescription description, boolean complete) {
                answers.add(() -> learn(id, new Early(description, complete)));
            }

            @Override
            public void unanswered(EngineClient engine, IOException failure) {
                failed(engine, failure);
            }
        };
        engines.forEach(engine -> watches.add(new CreationWatch(engine, listener)));
    }

    /// Engines that tell of containers being made now.
    public int followed() {
        return (int) watches.stream().filter(CreationWatch::following).count();
    }

    /// The container, known or new; of a new one the engine is asked.
    public Container container(ContainerIdentity identity) {
        Container known = containers.get(identity.fullId());
        if (known != null) {
            return known;
        }
        Container made = new Container(identity);
        containers.put(identity.fullId(), made);
        Early told = early.get(identity.fullId());
        if (told != null) {
            made.learn(told.description(), told.complete());
        }
        ask(made, enginesFor(identity.runtime()), 0);
        return made;
    }

    /// Applies what has been answered since the last call; returns how much.
    public int poll() {
        int applied = 0;
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.apply();
            applied++;
        }
        return applied;
    }

    /// Reads the account files inside the container, on another thread, unless that was done lately.
    ///
    /// @param pid a process whose root is the container's, as /proc of the host names it
    public void readAccounts(Container container, int pid, long nowNanos) {
        if (!container.accountsDue(nowNanos, ACCOUNTS_INTERVAL_NANOS)) {
            return;
        }
        Path etc = options.proc().resolve(Integer.toString(pid)).resolve("root/etc");
        accountThread.execute(() -> {
            AccountNames names = AccountNames.read(etc);
            answers.add(() -> container.accounts(names));
        });
    }

    public int size() {
        return containers.size();
    }

    /// Questions that an engine did not answer.
    public long failures() {
        return failures.get();
    }

    /// Failing if a thread of this class has died, or its last task threw; from any thread.
    public Health check() {
        return watches.stream()
                .map(CreationWatch::check)
                .reduce(engineThreads.check().and(accountThread.check()), Health::and);
    }

    @Override
    public void close() {
        watches.forEach(CreationWatch::close);
        engineThreads.close();
        accountThread.close();
    }

    /// containerd's ids may be docker's (`cri-dockerd`, `moby`), so every engine is asked about them.
    private List<EngineClient> enginesFor(String runtime) {
        return switch (runtime) {
            case "docker", "podman" ->
                engines.stream().filter(e -> e.runtime().equals(runtime)).toList();
            case "containerd", "unknown" -> engines;
            default -> List.of();
        };
    }

    private void ask(Container container, List<EngineClient> asked, int attempt) {
        List<EngineClient> present =
                asked.stream().filter(EngineClient::present).toList();
        if (present.isEmpty()) {
            container.describe(null);
            return;
        }
        Runnable question = () -> {
            Said said = firstAnswer(present, container.identity().fullId());
            answers.add(() -> answered(container, asked, attempt, said));
        };
        engineThreads.execute(question, Duration.ofMillis(attempt == 0 ? 0 : RETRY_MILLIS[attempt - 1]));
    }

    private void answered(Container container, List<EngineClient> asked, int attempt, Said said) {
        boolean gone = said.found().isEmpty() && !said.silent() && container.hasDescription();
        boolean last = gone || attempt == RETRY_MILLIS.length;
        boolean started = said.found().filter(found -> found.startTime() != 0).isPresent();
        if (said.silent() && said.found().isPresent()) {
            container.learn(said.found().get(), true); // from the list: less than an answer
        } else {
            container.describe(said.found().orElse(null)); // nobody knows it: asked again, but not waited for
        }
        if (!started && !last) {
            ask(container, asked, attempt + 1);
        }
    }

    private void learn(String id, Early told) {
        early.merge(id, told, (before, now) -> before.complete() && !now.complete() ? before : now);
        Container known = containers.get(id);
        if (known != null) {
            known.learn(told.description(), told.complete());
        }
    }

    private Said firstAnswer(List<EngineClient> present, String id) {
        boolean silent = false;
        for (EngineClient engine : present) {
            Optional<ContainerDescription> found = Optional.empty();
            try {
                found = engine.inspect(id);
            } catch (IOException e) {
                silent = true;
                failed(engine, e);
                found = listed(engine, id);
            }
            if (found.isPresent()) {
                return new Said(found, silent);
            }
        }
        return new Said(Optional.empty(), silent);
    }

    /// What is known of a container while its engine does not answer about it.
    private static Optional<ContainerDescription> listed(EngineClient engine, String id) {
        try {
            return engine.listed(id);
        } catch (IOException e) {
            return Optional.empty(); // the question before failed too, and was told of
        }
    }

    private void failed(EngineClient engine, IOException failure) {
        failures.incrementAndGet();
        if (engineTroubles.putIfAbsent(engine.describe(), failure.toString()) == null) {
            LOG.warn("{}: {}; containers keep their ids only (said once)", engine.describe(), failure.toString());
        }
    }

    private static <V> Map<String, V> latest(int capacity) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > capacity;
            }
        };
    }
}
