package dev.tiercel.detector.cluster;

import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers every few seconds how far the detectors are behind, and notices when brokers do not answer or
/// when nobody judges what is there. Kafka Streams itself reports neither: its consumers show their last lag, 0, for
/// as long as the brokers are away.
///
/// The lag is that of all instances together. Each outage is logged when it begins and when it ends. Any thread may
/// read.
public final class DetectorLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorLag.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration STANDSTILL = Duration.ofSeconds(30);
    private static final int TIMEOUT_MS = 5_000;

    private final String application;
    private final Map<String, Object> settings = new HashMap<>();
    private final InstantSource clock;
    private final IdlePartitions idle = new IdlePartitions();
    private final Worker worker = new Worker("detector-progress", Duration.ofSeconds(5));
    private volatile State state = State.UNKNOWN;
    private final Map<String, Uuid> topics = new ConcurrentHashMap<>();
    private volatile Consumer<String> recreated = topic -> {};

    /// What the brokers say.
    ///
    /// @param lag records that no instance has committed
    /// @param committed sum of the committed offsets
    /// @param lags of each partition
    private record Measured(long lag, long committed, Map<TopicPartition, Long> lags) {}

    /// What the brokers last said.
    ///
    /// @param lag records that no instance has committed; NaN: not known yet, or the brokers are away
    /// @param committed sum of the committed offsets
    /// @param moved when `committed` last changed, or there was nothing to judge
    /// @param awaySince when the brokers stopped answering; null: they answer
    private record State(
            double lag,
            long committed,
            Instant moved,
            @Nullable Instant awaySince,
            String reason) {
        static final State UNKNOWN = new State(Double.NaN, -1, Instant.MAX, null, "");

        State away(Instant now, String reason) {
            return new State(Double.NaN, committed, moved, awaySince == null ? now : awaySince, reason);
        }

        State answered(Instant now, Measured measured) {
            boolean moves = measured.lag() == 0 || measured.committed() != committed || awaySince != null;
            return new State((double) measured.lag(), measured.committed(), moves ? now : moved, null, "");
        }
    }

    public DetectorLag(Map<String, String> kafka, String application, InstantSource clock) {
        this.application = application;
        this.clock = clock;
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.putAll(kafka);
    }

    /// Sets what is to be done when a topic of events is another one than before; before [#start]. Kafka's consumers
    /// would stay at their positions in the old one.
    public void onRecreated(Consumer<String> action) {
        recreated = action;
    }

    /// Which partitions have nothing that waits.
    public IdlePartitions idle() {
        return idle;
    }

    /// Starts asking.
    public void start() {
        worker.start(this::run);
    }

    /// Records of all topics of events that no instance has judged and committed; NaN: not known.
    public double lag() {
        return state.lag();
    }

    /// Seconds since brokers stopped answering; 0: they answer.
    public double awaySeconds() {
        Instant since = state.awaySince();
        return since == null ? 0 : seconds(since);
    }

    /// Failing while brokers are away, or while there is something to judge and nobody does.
    public Health check() {
        State now = state;
        if (now.awaySince() != null) {
            return Health.failing(
                    "Kafka has not answered for %.0f s: %s".formatted(seconds(now.awaySince()), now.reason()));
        }
        boolean still =
                now.lag() > 0 && Duration.between(now.moved(), clock.instant()).compareTo(STANDSTILL) > 0;
        return still
                ? Health.failing("standstill: %.0f records wait, none judged for %.0f s"
                        .formatted(now.lag(), seconds(now.moved())))
                : worker.check();
    }

    private double seconds(Instant since) {
        return Duration.between(since, clock.instant()).toMillis() / 1e3;
    }

    @Override
    public void close() {
        worker.close();
    }

    private void run() throws InterruptedException {
        try (Admin admin = Admin.create(settings)) {
            while (!worker.closing()) {
                ask(admin);
                Thread.sleep(INTERVAL);
            }
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            answered(admin);
        } catch (ExecutionException failure) {
            away(String.valueOf(failure.getCause()));
        }
    }

    private void answered(Admin admin) throws InterruptedException, ExecutionException {
        Instant asked = clock.instant();
        Measured measured = measure(admin);
        idle.measured(asked, measured.lags());
        State before = state;
        state = before.answered(clock.instant(), measured);
        if (before.awaySince() != null) {
            LOG.warn(
                    "Kafka answers again after {} s; {} records wait",
                    Math.round(seconds(before.awaySince())),
                    measured.lag());
        }
    }

    private Measured measure(Admin admin) throws InterruptedException, ExecutionException {
        List<TopicPartition> all = partitions(admin);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = offsets(admin, all, OffsetSpec.latest());
        Map<TopicPartition, Long> begins = offsets(admin, all, OffsetSpec.earliest());
        Map<TopicPartition, Long> lags = new HashMap<>();
        long judged = 0;
        for (TopicPartition at : all) {
            OffsetAndMetadata position = committed.get(at);
            long from = begins.getOrDefault(at, 0L);
            long next = position == null ? from : Math.max(from, position.offset());
            judged += position == null ? 0 : position.offset();
            lags.put(at, Math.max(0, ends.getOrDefault(at, next) - next));
        }
        return new Measured(lags.values().stream().mapToLong(Long::longValue).sum(), judged, lags);
    }

    /// Waits until every record that is there is judged and committed; false: some are not after `limit`.
    ///
    /// @throws ExecutionException if the brokers do not answer or refuse
    public boolean awaitJudged(Duration limit) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Admin admin = Admin.create(settings)) {
            while (measure(admin).lag() > 0) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(LOOK_AGAIN);
            }
        }
        return true;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(at -> wanted.put(at, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((at, found) -> offsets.put(at, found.offset()));
        return offsets;
    }

    /// Those of all topics of events; only system calls must have theirs.
    private List<TopicPartition> partitions(Admin admin) throws InterruptedException, ExecutionException {
        List<TopicPartition> all = new ArrayList<>();
        var described = admin.describeTopics(
                        Topics.bySource().values().stream().map(Topic::name).toList())
                .topicNameValues();
        for (var topic : described.entrySet()) {
            try {
                all.addAll(partitions(topic.getKey(), topic.getValue().get()));
            } catch (ExecutionException failure) {
                boolean mayBeAbsent = !topic.getKey().equals(Topics.EVENTS_SYSCALL.name());
                if (!mayBeAbsent || !isAbsent(failure.getCause())) throw failure;
            }
        }
        return all;
    }

    private static boolean isAbsent(@Nullable Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException || cause instanceof TopicAuthorizationException;
    }

    private List<TopicPartition> partitions(String topic, TopicDescription description) {
        Uuid before = topics.put(topic, description.topicId());
        if (before != null && !before.equals(description.topicId())) {
            recreated.accept(topic);
        }
        return description.partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private void away(String reason) {
        idle.away();
        State before = state;
        state = before.away(clock.instant(), reason);
        if (before.awaySince() == null) {
            LOG.warn("Kafka does not answer: {}; nothing is judged until it does", reason);
        }
    }
}
