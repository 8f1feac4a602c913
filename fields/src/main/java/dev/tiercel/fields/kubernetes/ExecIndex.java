package dev.tiercel.fields.kubernetes;

import dev.tiercel.schemas.avro.ExecSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The sessions of `context.execs`: who entered which pod, and when.
///
/// Bounded: at most [#MOST] sessions, the first to come go first, and none older than [#AGE]. One thread writes, any
/// may read; a reader sees each session whole. Sessions given to it must not be changed.
public final class ExecIndex {
    /// Most sessions.
    static final int MOST = 100_000;

    /// How long after its request a session is known: as long as the topic has it.
    static final Duration AGE = Duration.ofDays(7);

    /// How much later than the request a process starts at most: what an API server, a kubelet and a runtime need, and
    /// a node's clock that is ahead.
    private static final long START_LIMIT = Duration.ofSeconds(30).toNanos();

    /// How much a node's clock may be behind its API server's.
    private static final long SKEW = Duration.ofSeconds(5).toNanos();

    private final InstantSource clock;
    private final int most;

    /// By key, in the order in which they came. Only the writer uses it.
    private final LinkedHashMap<String, ExecSession> byKey = new LinkedHashMap<>();

    private final Map<String, NavigableMap<Moment, ExecSession>> byPod = new ConcurrentHashMap<>();
    private volatile int size;
    private volatile long pushedOut;
    private volatile long version;

    /// When a session began; those of one moment are told apart by their keys.
    private record Moment(long time, String key) implements Comparable<Moment> {
        private static final Comparator<Moment> ORDER =
                Comparator.comparingLong(Moment::time).thenComparing(Moment::key);

        @Override
        public int compareTo(Moment other) {
            return ORDER.compare(this, other);
        }
    }

    /// An index without sessions.
    ///
    /// @param most sessions that it holds
    ExecIndex(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /// Takes a record of `context.execs`. One that came before the end of its session does not undo the end.
    ///
    /// @param session null: it is forgotten
    public void known(String key, @Nullable ExecSession session) {
        ExecSession before = byKey.get(key);
        if (before != null) {
            remove(key, before);
            byKey.remove(key);
        }
        if (session != null) {
            add(key, before != null && undoesEnd(before, session) ? before : session);
        }
        forget();
        size = byKey.size();
        changed();
    }

    private static boolean undoesEnd(ExecSession before, ExecSession session) {
        return before.getEnded() != 0 && session.getEnded() == 0;
    }

    private void add(String key, ExecSession session) {
        byKey.put(key, session);
        byPod.computeIfAbsent(place(session), _ -> new ConcurrentSkipListMap<>())
                .put(new Moment(session.getTime(), key), session);
    }

    private void remove(String key, ExecSession session) {
        byPod.computeIfPresent(place(session), (_, all) -> {
            all.remove(new Moment(session.getTime(), key));
            return all.isEmpty() ? null : all;
        });
    }

    /// Removes what is too old, and what is too much.
    private void forget() {
        long oldest = (clock.millis() - AGE.toMillis()) * 1_000_000L;
        Iterator<Map.Entry<String, ExecSession>> all = byKey.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, ExecSession> first = all.next();
            boolean old = first.getValue().getTime() < oldest;
            if (!old && byKey.size() <= most) return;
            if (!old) countPushedOut();
            all.remove();
            remove(first.getKey(), first.getValue());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void countPushedOut() {
        pushedOut++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void changed() {
        version++;
    }

    private static String place(ExecSession session) {
        return place(session.getKind(), session.getNamespace(), session.getPod());
    }

    private static String place(String kind, String namespace, String pod) {
        return kind + "/" + namespace + "/" + pod;
    }

    /// The sessions of a pod's name that were asked for from one moment to another, both included, oldest first.
    ///
    /// @param kind exec or attach
    /// @param from nanoseconds since the epoch
    public List<ExecSession> sessions(String kind, String namespace, String pod, long from, long to) {
        NavigableMap<Moment, ExecSession> all = byPod.get(place(kind, namespace, pod));
        return all == null
                ? List.of()
                : List.copyOf(
                        all.subMap(new Moment(from, ""), new Moment(to + 1, "")).values());
    }

    /// The sessions of a pod's name that may have started a process, by the time alone, oldest first.
    public List<ExecSession> around(ExecRoot root) {
        return sessions("exec", root.namespace(), root.pod(), root.start() - START_LIMIT, root.start() + SKEW);
    }

    /// Whether there is no session.
    public boolean isEmpty() {
        return size == 0;
    }

    /// Number of sessions.
    public int size() {
        return size;
    }

    /// Sessions that had to go before their time, because there were too many.
    public long pushedOut() {
        return pushedOut;
    }

    /// Changes with each change of the index.
    public long version() {
        return version;
    }
}
