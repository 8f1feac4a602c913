package dev.tiercel.collector.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every container seen lately, and the questions about them that are under way.
///
/// [#container] never blocks: engines and the containers' own account files are asked on threads of this class, and
/// what they answer is applied by [#poll], on the thread that owns the [ContainerEntry]s. An engine that does not know a
/// container yet is asked again for about ten seconds (it answers only once the start is complete); after that the
/// absence is remembered. After [#follow] engines tell of containers as they are made, so that those that end at
/// once have names too.
public final class ContainerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDirectory.class);
    private static final long ACCOUNTS_INTERVAL_NANOS = 30_000_000_000L;
    /// An engine keeps a question about a container that it starts waiting; others need not wait behind it.
    private static final int QUESTIONS_AT_ONCE = 4;

    private static final long[] RETRY_MILLIS = {20, 50, 100, 250, 500, 1_000, 3_000, 5_000};

    /// What the engines said of a container.
    ///
    /// @param silent at least one did not answer; what is found may be from its list
    private record EngineReply(Optional<ContainerDescription> found, boolean silent) {}

    /// What was learnt of a container when it was made, kept for its first process.
    private record EarlyDescription(ContainerDescription description, boolean complete) {}

    private final ContainerOptions options;
    private final List<EngineClient> engines;
    /// What the engines replied, to be applied by the owner.
    private final Queue<Runnable> replies = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor engineThreads = executor("container-engines", QUESTIONS_AT_ONCE);
    private final ScheduledThreadPoolExecutor accountThread = executor("container-accounts", 1);
    private final Map<String, ContainerEntry> containers;
    private final Map<String, EarlyDescription> earlyDescriptions;
    private final List<CreationWatch> watches = new ArrayList<>();
    private final Map<String, String> engineTroubles = new java.util.concurrent.ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    public ContainerDirectory(ContainerOptions options) {
        this.options = options;
        this.engines = options.engines().stream()
                .map(engine -> new EngineClient(engine.runtime(), engine.socket(), options.engineTimeout()))
                .toList();
        this.containers = lruMap(options.capacity());
        this.earlyDescriptions = lruMap(options.capacity());
    }

    /// Has the engines tell of each container when it is made. Once; the threads that listen end with [#close].
    public void follow() {
        CreationWatch.ContainerListener listener = new CreationWatch.ContainerListener() {
            @Override
            public void learnt(String id, ContainerDescription description, boolean complete) {
                replies.add(() -> learn(id, new EarlyDescription(description, complete)));
            }

            @Override
            public void unanswered(EngineClient engine, IOException failure) {
                failed(engine, failure);
            }
        };
        engines.forEach(engine -> watches.add(new CreationWatch(engine, listener)));
    }

    /// Engines that tell of containers being made now.
    int followed() {
        return (int) watches.stream().filter(CreationWatch::following).count();
    }

    /// The container, known or new; of a new one the engine is asked.
    ContainerEntry container(ContainerIdentity identity) {
        ContainerEntry known = containers.get(identity.fullId());
        if (known != null) {
            return known;
        }
        ContainerEntry made = new ContainerEntry(identity);
        containers.put(identity.fullId(), made);
        EarlyDescription early = earlyDescriptions.get(identity.fullId());
        if (early != null) {
            made.learn(early.description(), early.complete());
        }
        ask(made, enginesFor(identity.runtime()), 0);
        return made;
    }

    /// Applies what has been answered since the last call; returns how much.
    public int poll() {
        int applied = 0;
        for (Runnable reply = replies.poll(); reply != null; reply = replies.poll()) {
            reply.run();
            applied++;
        }
        return applied;
    }

    /// Reads the account files inside the container, on another thread, unless that was done lately.
    ///
    /// @param pid a process whose root is the container's, as /proc of the host names it
    public void readAccounts(ContainerEntry container, int pid, long nowNanos) {
        if (!container.accountsDue(nowNanos, ACCOUNTS_INTERVAL_NANOS)) {
            return;
        }
        Path etc = options.proc().resolve(Integer.toString(pid)).resolve("root/etc");
        submit(accountThread, 0, () -> {
            AccountNames names = AccountNames.read(etc);
            replies.add(() -> container.accounts(names));
        });
    }

    public int size() {
        return containers.size();
    }

    /// Questions that an engine did not answer.
    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        watches.forEach(CreationWatch::close);
        engineThreads.shutdownNow();
        accountThread.shutdownNow();
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

    private void ask(ContainerEntry container, List<EngineClient> asked, int attempt) {
        List<EngineClient> present =
                asked.stream().filter(EngineClient::present).toList();
        if (present.isEmpty()) {
            container.describe(null);
            return;
        }
        long delay = attempt == 0 ? 0 : RETRY_MILLIS[attempt - 1];
        submit(engineThreads, delay, () -> {
            EngineReply reply = firstAnswer(present, container.identity().fullId());
            replies.add(() -> answered(container, asked, attempt, reply));
        });
    }

    private void answered(ContainerEntry container, List<EngineClient> asked, int attempt, EngineReply reply) {
        boolean gone = reply.found().isEmpty() && !reply.silent() && container.hasDescription();
        boolean last = gone || attempt == RETRY_MILLIS.length;
        boolean started = reply.found().filter(found -> found.startTime() != 0).isPresent();
        if (reply.silent() && reply.found().isPresent()) {
            container.learn(reply.found().get(), true); // from the list: less than an answer
        } else {
            container.describe(reply.found().orElse(null)); // nobody knows it: asked again, but not waited for
        }
        if (!started && !last) {
            ask(container, asked, attempt + 1);
        }
    }

    private void learn(String id, EarlyDescription early) {
        earlyDescriptions.merge(id, early, (before, now) -> before.complete() && !now.complete() ? before : now);
        ContainerEntry known = containers.get(id);
        if (known != null) {
            known.learn(early.description(), early.complete());
        }
    }

    private EngineReply firstAnswer(List<EngineClient> present, String id) {
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
                return new EngineReply(found, silent);
            }
        }
        return new EngineReply(Optional.empty(), silent);
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

    /// A map that forgets the least recently used entry beyond `capacity`.
    static <K, V> Map<K, V> lruMap(int capacity) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    private static void submit(ScheduledThreadPoolExecutor executor, long delayMillis, Runnable task) {
        try {
            ScheduledFuture<?> _ = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed; a question about a container is not asked");
        }
    }

    private static ScheduledThreadPoolExecutor executor(String name, int threads) {
        ThreadFactory daemon = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, daemon);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
