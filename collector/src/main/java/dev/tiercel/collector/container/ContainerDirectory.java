package dev.tiercel.collector.container;

import dev.tiercel.collector.files.BoundedReads;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The most recently used cgroups and containers, and the pending requests for their descriptions.
///
/// [#cgroup] never blocks: engines are queried and account files read on threads of this class, and [#poll] applies
/// the results on the thread that owns the [ContainerEntry]s. A container whose account files hang holds one thread,
/// and batches wait for it for a second only. An engine that does not know a container yet is queried again for
/// about ten seconds, since it responds only once the start is complete; then the container stays without a
/// description. After [#follow] engines also report containers as they are created, so that short-lived ones have
/// names.
public final class ContainerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDirectory.class);
    /// An engine blocks a request for a container that it is starting; other requests need not queue behind it.
    private static final int LOOKUPS_AT_ONCE = 4;

    private static final int ACCOUNT_READS_AT_ONCE = 64;

    private static final long[] RETRY_MILLIS = {20, 50, 100, 250, 500, 1_000, 3_000, 5_000};

    /// The engines' reply about a container.
    ///
    /// @param silent at least one engine did not respond; `found` may then come from its list
    /// @param absent no engine is installed or running
    private record EngineReply(Optional<ContainerDescription> found, boolean silent, boolean absent) {}

    /// A description received when the container was created, kept until its first process.
    ///
    /// @param complete false: the engine is being queried for more
    private record EarlyDescription(ContainerDescription description, boolean complete) {}

    private final ContainerOptions options;
    private final List<EngineClient> engines;
    /// Results to be applied by the owner.
    private final Queue<Runnable> replies = new ConcurrentLinkedQueue<>();
    private final WorkerPool engineThreads = WorkerPool.of("container-engines", LOOKUPS_AT_ONCE, Integer.MAX_VALUE);
    private final BoundedReads accountReads =
            new BoundedReads("container-accounts", ACCOUNT_READS_AT_ONCE, AccountsRequest.LIMIT, Duration.ZERO);
    private final CgroupCache cgroups = new CgroupCache(this);
    private final CgroupHierarchy hierarchy;
    /// This process's own root if that of the host cannot be seen.
    private final Path hostRoot;
    private final Map<String, ContainerEntry> containers;
    private final Map<String, EarlyDescription> earlyDescriptions;
    private final List<CreationWatch> watches = new ArrayList<>();
    private final Map<String, String> loggedEngines = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    public ContainerDirectory(ContainerOptions options) {
        this.options = options;
        this.hostRoot = Files.isDirectory(rootOf(1)) ? rootOf(1) : Path.of("/");
        this.engines = options.engines().stream()
                .map(engine -> new EngineClient(engine.runtime(), engine.socket(), options.engineTimeout(), hostRoot))
                .toList();
        this.hierarchy = CgroupHierarchy.below(options.proc().resolveSibling("sys/fs/cgroup"));
        this.containers = lruMap(options.capacity());
        this.earlyDescriptions = lruMap(options.capacity());
    }

    /// Subscribes to the engines' container creations. Call it once; the listening threads end with [#close].
    public void follow() {
        CreationWatch.ContainerListener listener = new CreationWatch.ContainerListener() {
            @Override
            public void described(String id, ContainerDescription description, boolean complete) {
                replies.add(() -> learn(id, new EarlyDescription(description, complete)));
            }

            @Override
            public void unresponsive(EngineClient engine, IOException failure) {
                failed(engine, failure);
            }
        };
        engines.forEach(engine -> watches.add(new CreationWatch(engine, listener)));
    }

    /// Number of engines whose creation events are being received.
    int followed() {
        return (int) watches.stream().filter(CreationWatch::following).count();
    }

    /// The cgroup with this inode; null: not known.
    public @Nullable Cgroup cgroup(long id) {
        return cgroups.get(id);
    }

    /// The cgroup with this inode and path, and its container; a new container is described later.
    ///
    /// @param id 0: unknown
    public Cgroup cgroup(long id, String path) {
        return cgroups.get(id, path);
    }

    /// The container; a new one is described later, once its engine has responded.
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
        query(made, enginesFor(identity.runtime()), 0);
        return made;
    }

    /// Applies the results received since the last call, and returns their number.
    public int poll() {
        int applied = 0;
        for (Runnable reply = replies.poll(); reply != null; reply = replies.poll()) {
            reply.run();
            applied++;
        }
        return applied;
    }

    /// Reads the account files inside the container on another thread, unless that was done recently.
    ///
    /// @param pid host pid of a process in the container; while its root directory is the host's, nothing is read
    /// @param needed whether the process has a user or group other than root, so that a batch waits for the names
    public void readAccounts(ContainerEntry container, int pid, boolean needed, long nowNanos) {
        if (container.accountsRequest().due(pid, needed, nowNanos)) {
            startReading(container, pid, nowNanos);
        }
    }

    private void startReading(ContainerEntry container, int pid, long nowNanos) {
        AccountsRequest request = container.accountsRequest();
        request.started(nowNanos);
        Path root = rootOf(pid);
        boolean started = accountReads.start(
                container.fullId(),
                () -> AccountNames.ofContainer(root, hostRoot),
                names -> replies.add(() -> applyAccounts(container, names, nowNanos)));
        if (!started) {
            request.ended(false);
        }
    }

    private void applyAccounts(ContainerEntry container, Optional<AccountNames> names, long nowNanos) {
        names.ifPresent(container::accounts);
        int next = container.accountsRequest().ended(names.isPresent());
        if (next != 0) {
            startReading(container, next, nowNanos);
        }
    }

    private Path rootOf(int pid) {
        return options.proc().resolve(Integer.toString(pid)).resolve("root");
    }

    /// Learns of the cgroup of a container from the creation of its directory, before a process is in it.
    ///
    /// @param path absolute, on the host
    public void directoryMade(String path) {
        hierarchy.find(path).ifPresent(found -> cgroup(found.inode(), found.path()));
    }

    public int size() {
        return containers.size();
    }

    /// Requests to which an engine did not respond.
    long failures() {
        return failures.get();
    }

    /// Reads of account files that hang; from any thread.
    public int hanging() {
        return accountReads.hanging();
    }

    /// Failing if a thread of this class has died, or its last task threw; from any thread.
    public Health check() {
        return watches.stream()
                .map(CreationWatch::check)
                .reduce(engineThreads.check().and(accountReads.check()), Health::and);
    }

    @Override
    public void close() {
        watches.forEach(CreationWatch::close);
        engineThreads.close();
        accountReads.close();
    }

    /// A containerd id may be docker's (`cri-dockerd`, `moby`), so every engine is queried for it.
    private List<EngineClient> enginesFor(String runtime) {
        return switch (runtime) {
            case "docker", "podman" ->
                engines.stream().filter(e -> e.runtime().equals(runtime)).toList();
            case "containerd", "unknown" -> engines;
            default -> List.of();
        };
    }

    private void query(ContainerEntry container, List<EngineClient> candidates, int attempt) {
        if (candidates.isEmpty()) {
            container.describe(null);
            return;
        }
        Runnable lookUp = () -> {
            EngineReply reply = firstReply(candidates, container.identity().fullId());
            replies.add(() -> applyReply(container, candidates, attempt, reply));
        };
        engineThreads.execute(lookUp, Duration.ofMillis(attempt == 0 ? 0 : RETRY_MILLIS[attempt - 1]));
    }

    private void applyReply(ContainerEntry container, List<EngineClient> candidates, int attempt, EngineReply reply) {
        boolean gone = reply.found().isEmpty() && !reply.silent() && container.hasDescription();
        boolean last = gone || reply.absent() || attempt == RETRY_MILLIS.length;
        boolean started = reply.found().filter(found -> found.startTime() != 0).isPresent();
        if (reply.silent() && reply.found().isPresent()) {
            container.learn(reply.found().get(), true); // from the list, which has less
        } else {
            container.describe(reply.found().orElse(null)); // unknown to all: queried again, but no batch waits for it
        }
        if (!started && !last) {
            query(container, candidates, attempt + 1);
        }
    }

    private void learn(String id, EarlyDescription early) {
        earlyDescriptions.merge(id, early, (before, now) -> before.complete() && !now.complete() ? before : now);
        ContainerEntry known = containers.get(id);
        if (known != null) {
            known.learn(early.description(), early.complete());
        }
    }

    private EngineReply firstReply(List<EngineClient> candidates, String id) {
        List<EngineClient> present =
                candidates.stream().filter(EngineClient::present).toList();
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
                return new EngineReply(found, silent, false);
            }
        }
        return new EngineReply(Optional.empty(), silent, present.isEmpty());
    }

    /// What the list has about a container while its engine does not respond to an inspection.
    private static Optional<ContainerDescription> listed(EngineClient engine, String id) {
        try {
            return engine.listed(id);
        } catch (IOException e) {
            return Optional.empty(); // the inspection failed as well, and was reported
        }
    }

    private void failed(EngineClient engine, IOException failure) {
        failures.incrementAndGet();
        if (loggedEngines.putIfAbsent(engine.describe(), PlainCause.of(failure)) == null) {
            LOG.warn(
                    "{}: {}; containers have an id but no name (logged once per engine)",
                    engine.describe(),
                    PlainCause.of(failure));
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
}
