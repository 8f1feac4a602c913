package dev.tiercel.detector.metadata;

import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of one task that wait for the metadata of their pod, or for the request that entered it; at most 10,000,
/// none longer than the wait.
///
/// They are in a store whose changelog is written in the transaction that commits their offsets, so a task that begins
/// elsewhere, or after a crash, goes on with the same events. Not thread-safe.
public final class HeldEvents {
    /// Name of the store; the changelog is `APPLICATION-held-changelog`.
    public static final String STORE = "held";

    /// The most events of a task.
    static final int MOST = 10_000;

    /// An event that came to Kafka so long before the wait would have begun is judged late anyway, and what the cluster
    /// had to tell of its pod has been told.
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(HeldEvents.class);

    private final KubernetesIndex kubernetes;
    private final long wait;
    private final NavigableMap<Bytes, HeldEvent> events = new TreeMap<>();

    /// Events that were judged again for nothing, with the version of the requests at that time.
    private final Map<Bytes, Long> inVain = new HashMap<>();

    /// By time, how many events rules have not judged yet.
    private final NavigableMap<Long, Integer> unjudged = new TreeMap<>();

    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private long until;
    private boolean recent;
    private long nextLook;
    private long lookedAt = -1;

    /// @param wait zero: no event is held
    public HeldEvents(KubernetesIndex kubernetes, Duration wait) {
        this.kubernetes = kubernetes;
        this.wait = wait.toMillis();
    }

    private KeyValueStore<Bytes, byte[]> opened() {
        return Objects.requireNonNull(store, "held before open");
    }

    /// Builds the store. The changelog is kept short: each key is written twice within seconds.
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        "segment.bytes", String.valueOf(4 << 20),
                        "segment.ms", "600000",
                        "delete.retention.ms", "60000",
                        "min.cleanable.dirty.ratio", "0.1"));
    }

    /// The task begins, with what its store has.
    public void open(KeyValueStore<Bytes, byte[]> given) {
        store = given;
        events.clear();
        inVain.clear();
        unjudged.clear();
        lookedAt = -1;
        List<Bytes> unreadable = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = given.all()) {
            all.forEachRemaining(entry -> {
                if (HeldEvent.canRead(entry.value)) {
                    events.put(entry.key, HeldEvent.read(entry.key.get(), entry.value));
                } else {
                    unreadable.add(entry.key);
                }
            });
        }
        events.values().forEach(event -> countUnjudged(event, 1));
        if (!unreadable.isEmpty()) {
            LOG.warn("{} events that another version put off for their metadata are left out", unreadable.size());
            unreadable.forEach(given::delete);
        }
    }

    /// A record is judged next.
    ///
    /// @param now milliseconds since the epoch
    /// @param time when the record came to Kafka, milliseconds since the epoch
    public void record(long now, long time) {
        until = now + wait;
        recent = wait > 0 && now - time < OLD.toMillis() + wait;
    }

    /// When an event of this record that is held now will have waited long enough.
    public long until() {
        return until;
    }

    /// Whether events of the record may wait.
    public boolean mayWait() {
        return recent;
    }

    /// Whether there is room for another one.
    public boolean hasRoom() {
        return events.size() < MOST;
    }

    /// Holds an event.
    public void hold(HeldEvent event) {
        Bytes key = Bytes.wrap(event.key());
        countUnjudged(events.put(key, event), -1);
        countUnjudged(event, 1);
        opened().put(key, event.value());
        nextLook = Math.min(nextLook, event.until());
    }

    /// Forgets an event.
    public void remove(HeldEvent event) {
        Bytes key = Bytes.wrap(event.key());
        countUnjudged(events.remove(key), -1);
        inVain.remove(key);
        opened().delete(key);
    }

    /// A request has come for an event, but not the one that it waits for: it goes on waiting, for others.
    public void goOn(HeldEvent event) {
        inVain.put(Bytes.wrap(event.key()), kubernetes.execs().version());
    }

    /// Whether what an event waits for has come, as far as can be told without the event.
    public boolean hasCome(HeldEvent event) {
        ExecRoot root = event.root();
        return root == null
                ? kubernetes.knows(event.podUid(), event.containerId())
                : !kubernetes.execs().around(root).isEmpty();
    }

    /// Time of the earliest event that rules have not judged yet, nanoseconds since the epoch; `Long.MAX_VALUE`: all
    /// have judged all.
    public long unjudgedFrom() {
        return unjudged.isEmpty() ? Long.MAX_VALUE : unjudged.firstKey();
    }

    private void countUnjudged(@Nullable HeldEvent event, int change) {
        if (event == null || event.left() == HeldEvent.Left.NONE) return;
        unjudged.merge(event.time(), change, (before, more) -> before + more == 0 ? null : before + more);
    }

    /// Whether none is held.
    public boolean isEmpty() {
        return events.isEmpty();
    }

    /// Events whose pod has come to be known, or whose wait is over, in the order of their addresses. They stay until
    /// they are removed.
    ///
    /// @param most how many to look for
    public List<HeldEvent> due(long now, int most) {
        long version = kubernetes.version();
        if (version == lookedAt && now < nextLook) return List.of();
        List<HeldEvent> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (HeldEvent event : events.values()) {
            if (due.size() < most && isDue(event, now)) {
                due.add(event);
            } else {
                next = Math.min(next, event.until());
            }
        }
        lookedAt = due.isEmpty() ? version : -1;
        nextLook = next;
        return due;
    }

    private boolean isDue(HeldEvent event, long now) {
        return now >= event.until() || (hasCome(event) && !isInVain(event));
    }

    private boolean isInVain(HeldEvent event) {
        Long version = inVain.isEmpty() ? null : inVain.get(Bytes.wrap(event.key()));
        return version != null && version == kubernetes.execs().version();
    }
}
