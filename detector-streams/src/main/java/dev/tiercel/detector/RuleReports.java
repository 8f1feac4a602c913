package dev.tiercel.detector;

import dev.tiercel.detector.publication.PublishedRules;
import dev.tiercel.detector.publication.RuleChanges;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells others which rules this instance runs and refused: topics `rules.status`, `rules.changes`, and
/// `rules.accepted`, whose rules it runs itself if it starts and those on `rules` are refused.
///
/// Everything is sent by a thread of its own, again until it succeeds: the step that reads the rules never waits.
final class RuleReports implements FollowRules.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleReports.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int MOST_CHANGES = 1_000;

    private final Map<String, String> kafka;
    private final DetectorSerdes serdes;
    private final RuleChanges changes;
    private final ActiveRules rules;
    private final Producer<byte[], byte[]> producer;
    private final Worker worker = new Worker("rule-reports", Duration.ofSeconds(2));
    private final Semaphore news = new Semaphore(0);
    private final ArrayDeque<RuleChange> unsent = new ArrayDeque<>();
    private final RuleStatus status;
    private boolean started;
    private PublishedRules.@Nullable Publication accepted;
    private String told = "";

    RuleReports(Map<String, String> kafka, DetectorSerdes serdes, RuleChanges changes, ActiveRules rules) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.changes = changes;
        this.rules = rules;
        this.producer = producer(kafka);
        this.status = new RuleStatus(
                changes.application(), changes.instance(), changes.host(), 0L, "", 0, "", 0L, 0L, "", "", 0L, "");
    }

    private static Producer<byte[], byte[]> producer(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        settings.putAll(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized void inForce(RuleFiles files, long time) {
        accepted = new PublishedRules.Publication(files, time);
        runs(files);
    }

    private synchronized void runs(RuleFiles files) {
        LoadedRules loaded = rules.current();
        int count = loaded == null ? 0 : loaded.ruleSet().rules().size();
        RuleChanges.Subject subject = RuleChanges.Subject.of(files);
        boolean changed = !status.getVersion().equals(subject.version());
        status.setVersion(subject.version());
        status.setRules(count);
        status.setPublisher(subject.publisher());
        status.setPublishedAt(subject.publishedAt());
        status.setSince(changed ? changes.now() : status.getSince());
        setRefused(RuleChanges.Subject.NONE, 0, "");
        if (changed) {
            tell(changes.inForce(subject, count));
        }
    }

    @Override
    public synchronized void refused(@Nullable RuleFiles files, String reasons) {
        RuleChanges.Subject subject = files == null ? RuleChanges.Subject.NONE : RuleChanges.Subject.of(files);
        RuleChange change = changes.refused(subject, reasons);
        setRefused(subject, change.getTime(), change.getReason());
        tell(change);
    }

    private void setRefused(RuleChanges.Subject subject, long at, String reasons) {
        status.setRefusedVersion(subject.version());
        status.setRefusedPublisher(subject.publisher());
        status.setRefusedAt(at);
        status.setRefusedBecause(reasons);
    }

    /// While the topic is read for the first time, only the last state of all counts: the rest is history.
    private void tell(RuleChange change) {
        if (!started) {
            unsent.removeIf(earlier -> earlier.getKind().equals(change.getKind())
                    || change.getReason().isEmpty());
        }
        if (unsent.size() >= MOST_CHANGES) {
            unsent.removeFirst();
        }
        unsent.addLast(change);
        news.release();
    }

    /// Call it once topic `rules` has been read to its end. Falls back to the rules accepted last if none is in force,
    /// and begins to send.
    void start() {
        synchronized (this) {
            started = true;
        }
        try {
            fallBack();
        } catch (KafkaException | RegistryException failure) {
            LOG.warn("cannot read topic {} yet: {}", Topics.RULES_ACCEPTED.name(), PlainCause.of(failure));
        }
        worker.start(this::follow);
    }

    private void fallBack() {
        if (rules.current() != null) {
            return;
        }
        new PublishedRules(Topics.RULES_ACCEPTED, kafka, serdes.rules())
                .latest()
                .ifPresent(files -> {
                    if (rules.offerIfNone(files)) {
                        LOG.warn(
                                "the rules on topic {} cannot be loaded: those accepted last, version {}, are in force",
                                Topics.RULES.name(),
                                PlainText.line(files.getVersion()));
                        synchronized (this) {
                            RuleStatus refused = RuleStatus.newBuilder(status).build();
                            runs(files);
                            setRefused(
                                    new RuleChanges.Subject(
                                            refused.getRefusedVersion(), refused.getRefusedPublisher(), 0),
                                    refused.getRefusedAt(),
                                    refused.getRefusedBecause());
                        }
                    }
                });
    }

    private void follow() throws InterruptedException {
        while (true) {
            Duration pause = EVERY;
            try {
                fallBack();
                sendAccepted();
                sendChanges();
                send(Topics.RULES_STATUS, key(), serdes.ruleStatus().write(snapshot()), null);
                told = "";
            } catch (KafkaException | RegistryException | ExecutionException failure) {
                report(failure);
                pause = AGAIN;
            }
            if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    private void report(Exception failure) {
        if (!told.equals(failure.toString())) {
            LOG.warn("cannot report the rules in force, will try again: {}", PlainCause.of(failure));
        }
        told = failure.toString();
    }

    private synchronized RuleStatus snapshot() {
        return RuleStatus.newBuilder(status).setSeenAt(changes.now()).build();
    }

    /// An instance that lags behind must not put older rules there.
    private void sendAccepted() throws InterruptedException, ExecutionException {
        PublishedRules.Publication present;
        synchronized (this) {
            present = accepted;
        }
        if (present == null) {
            return;
        }
        boolean newer = new PublishedRules(Topics.RULES_ACCEPTED, kafka, serdes.rules())
                .publication()
                .map(kept -> kept.time() < present.time()
                        && !kept.files().getVersion().equals(present.files().getVersion()))
                .orElse(true);
        if (newer) {
            send(Topics.RULES_ACCEPTED, PublishedRules.RULE_SET, serdes.rules().write(present.files()), present.time());
        }
        synchronized (this) {
            accepted = present.equals(accepted) ? null : accepted;
        }
    }

    private void sendChanges() throws InterruptedException, ExecutionException {
        for (RuleChange change = first(); change != null; change = first()) {
            send(
                    Topics.RULES_CHANGES,
                    PublishedRules.RULE_SET,
                    serdes.ruleChanges().write(change),
                    null);
            synchronized (this) {
                unsent.remove(change);
            }
        }
    }

    private synchronized @Nullable RuleChange first() {
        return unsent.peekFirst();
    }

    private void send(Topic topic, String key, byte @Nullable [] value, @Nullable Long time)
            throws InterruptedException, ExecutionException {
        producer.send(record(topic, key, value, time)).get();
    }

    private static ProducerRecord<byte[], byte[]> record(
            Topic topic, String key, byte @Nullable [] value, @Nullable Long time) {
        return new ProducerRecord<>(topic.name(), null, time, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private String key() {
        return changes.application() + "/" + changes.instance();
    }

    /// Says that this instance is stopped, if the brokers answer soon.
    @Override
    public void close() {
        boolean wasRunning = worker.running();
        worker.close();
        try {
            if (wasRunning) {
                var _ = producer.send(record(Topics.RULES_STATUS, key(), null, null));
            }
        } catch (KafkaException failure) {
            LOG.debug("cannot say that this instance stops: {}", PlainCause.of(failure));
        }
        producer.close(Duration.ofSeconds(5));
    }
}
