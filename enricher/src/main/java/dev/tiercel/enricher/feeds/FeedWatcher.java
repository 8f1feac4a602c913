package dev.tiercel.enricher.feeds;

import dev.tiercel.enricher.source.CommittedRecords;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads lists of indicators again and again, and publishes those that have changed on `context.feeds`.
///
/// A list that cannot be read stays in force as it was, and makes the health fail. One that is no longer configured
/// stays on the topic: another enricher may bring it; a tombstone takes it away.
public final class FeedWatcher implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatcher.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration FILES = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 8 << 20;

    private final List<Feed> feeds;
    private final Map<String, String> kafka;
    private final AvroSerde<IndicatorFeed> serde;
    private final Worker worker = new Worker("enricher-feeds", CLOSE_LIMIT);
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
    private final Map<String, List<String>> published = new HashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;

    /// A list, and when it is looked at next.
    private static final class Feed {
        private final FeedAddress address;
        private final Duration refresh;
        private final FeedOrigin origin;
        private Instant due = Instant.MIN;

        /// Read, and not yet published.
        private @Nullable List<String> items;

        Feed(FeedAddress address, Duration refresh) {
            this.address = address;
            this.refresh = refresh;
            this.origin = FeedOrigin.of(address);
        }
    }

    /// @param kafka settings of Kafka's clients
    public FeedWatcher(FeedsConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        this.kafka = Map.copyOf(kafka);
        serde = AvroSerde.of(IndicatorFeed.class, registry, Topics.CONTEXT_FEEDS);
        List<Feed> all = new ArrayList<>();
        for (FeedAddress address : config.addresses()) {
            boolean soon = !address.isRemote() && config.refresh().compareTo(FILES) > 0;
            all.add(new Feed(address, soon ? FILES : config.refresh()));
            metrics.gauge(
                    "enricher.feed.items",
                    "Items of a list of indicators.",
                    () -> sizes.getOrDefault(address.name(), 0),
                    "feed",
                    address.name());
        }
        feeds = List.copyOf(all);
    }

    @Override
    public String name() {
        return "feeds";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Reads what is published; lists that cannot be read do not fail the start.
    @Override
    public void start() {
        if (feeds.isEmpty()) return;
        new CommittedRecords(kafka).all(Topics.CONTEXT_FEEDS.name(), record -> remember(record.key(), record.value()));
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        settings.putAll(kafka);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        worker.start(this::run);
    }

    private void remember(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) return;
        String name = new String(key, StandardCharsets.UTF_8);
        try {
            if (value == null) {
                published.remove(name);
            } else {
                published.put(name, serde.read(value).getItems());
            }
        } catch (BadRecordException foreign) {
            published.remove(name); // is published again
        }
    }

    private void run() throws InterruptedException {
        while (!worker.closing()) {
            for (Feed feed : feeds) {
                if (!Instant.now().isBefore(feed.due)) look(feed);
            }
            Instant next =
                    feeds.stream().map(feed -> feed.due).min(Instant::compareTo).orElseThrow();
            TimeUnit.MILLISECONDS.sleep(
                    Math.max(1, Duration.between(Instant.now(), next).toMillis()));
        }
    }

    private void look(Feed feed) throws InterruptedException {
        String name = feed.address.name();
        feed.due = Instant.now().plus(feed.refresh);
        try {
            Optional<String> text = feed.origin.changed();
            if (text.isPresent()) feed.items = FeedText.items(text.get());
            if (feed.items != null) publish(feed.address, feed.items);
            feed.items = null;
            troubles.remove(name);
        } catch (IOException
                | IllegalArgumentException
                | KafkaException
                | RegistryException
                | ExecutionException failure) {
            String reason = PlainCause.of(failure);
            feed.due = Instant.now().plus(feed.refresh.compareTo(RETRY) < 0 ? feed.refresh : RETRY);
            if (!reason.equals(troubles.put(name, reason))) {
                LOG.warn("feed {} cannot be brought: {}; it stays in force as it was", feed.address, reason);
            }
        }
    }

    private void publish(FeedAddress address, List<String> items) throws InterruptedException, ExecutionException {
        sizes.put(address.name(), items.size());
        if (items.equals(published.get(address.name()))) return;
        long now = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        byte[] value = serde.write(new IndicatorFeed(items, address.shown(), now));
        Producer<byte[], byte[]> open = producer;
        if (open == null) return;
        open.send(new ProducerRecord<>(
                        Topics.CONTEXT_FEEDS.name(), address.name().getBytes(StandardCharsets.UTF_8), value))
                .get();
        published.put(address.name(), items);
        LOG.info("feed {} has {} items", address, items.size());
    }

    /// Failing while a list cannot be read.
    @Override
    public Health check() {
        if (feeds.isEmpty()) return Health.ok();
        Health health = worker.check();
        for (var trouble : troubles.entrySet()) {
            health = health.and(Health.failing("feed %s: %s".formatted(trouble.getKey(), trouble.getValue())));
        }
        return health;
    }

    @Override
    public void close() {
        worker.close();
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) open.close(CLOSE_LIMIT);
    }
}
