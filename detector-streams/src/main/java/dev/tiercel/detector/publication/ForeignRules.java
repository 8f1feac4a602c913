package dev.tiercel.detector.publication;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports each rule set on topic `rules` that this process did not publish, now or while it was stopped: whoever can
/// replace the rules can switch detection off.
///
/// Failing while the last rule set on the topic is another's. It is told by its content, not by the version that it
/// claims. Where reading stopped, and the last own version, are remembered in a file.
public final class ForeignRules implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRules.class);
    private static final byte[] KEY = PublishedRules.RULE_SET.getBytes(StandardCharsets.UTF_8);
    private static final TopicPartition RULES = new TopicPartition(Topics.RULES.name(), 0);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, String> kafka;
    private final AvroSerde<RuleFiles> serde;
    private final RulePublisher publisher;
    private final Path memory;
    private final Worker worker = new Worker("foreign-rules", Duration.ofSeconds(2));
    private volatile Health last = Health.ok();
    private String lastOwn = "";
    private int foreign;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /// @param publisher publishes this process's rules; has published them before [#start]
    /// @param memory    a file that outlives this process; created if missing
    public ForeignRules(Map<String, String> kafka, SchemaRegistry registry, RulePublisher publisher, Path memory) {
        this.kafka = Map.copyOf(kafka);
        this.serde = AvroSerde.of(RuleFiles.class, registry, Topics.RULES);
        this.publisher = publisher;
        this.memory = memory;
    }

    @Override
    public String name() {
        return "foreign-rules";
    }

    @Override
    public void start() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        KafkaConsumer<byte[], byte[]> created =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = created;
        created.assign(List.of(RULES));
        resume(created);
        worker.start(() -> follow(created), created::wakeup);
    }

    @Override
    public Health check() {
        return worker.check().and(last);
    }

    @Override
    public void close() {
        worker.close();
        if (consumer != null && !worker.running()) {
            consumer.close();
        }
    }

    /// Continues where an earlier run stopped. Without memory, what is on the topic is not judged.
    private void resume(KafkaConsumer<byte[], byte[]> created) {
        long end = created.endOffsets(List.of(RULES)).getOrDefault(RULES, 0L);
        try {
            String[] remembered =
                    Files.exists(memory) ? Files.readString(memory).strip().split(" ", 2) : new String[0];
            lastOwn = remembered.length == 2 ? remembered[1] : "";
            long offset = remembered.length == 2 ? Long.parseLong(remembered[0]) : end;
            created.seek(RULES, offset > end ? 0 : offset); // beyond the end: the topic was made anew
            if (remembered.length != 2) remember(end);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot use " + memory + ": " + PlainCause.of(failure), failure);
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> from) throws IOException {
        try {
            while (!worker.closing()) {
                for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
                    if (Arrays.equals(record.key(), KEY)) judge(record);
                    remember(record.offset() + 1);
                }
            }
        } catch (WakeupException closed) {
            LOG.debug("woken up to close");
        }
    }

    private void judge(ConsumerRecord<byte[], byte[]> record) {
        String version = version(record.value());
        if (publisher.published(version) || version.equals(lastOwn)) {
            lastOwn = version;
            last = Health.ok(foreign == 0 ? "" : foreign + " rule sets of others so far, see the log");
            return;
        }
        foreign++;
        String what =
                "topic rules has a rule set that this process did not publish: offset %d, written %s, version %.12s;"
                        .formatted(record.offset(), Instant.ofEpochMilli(record.timestamp()), version);
        last = Health.failing(what + " to replace it, restart or change a rule file");
        LOG.error("{} detectors use it as long as it is the last one there", what);
    }

    /// Of the content; what cannot be read is never this process's.
    private String version(byte @Nullable [] value) {
        if (value == null) return "deleted";
        try {
            return RulePublisher.version(serde.read(value));
        } catch (BadRecordException unreadable) {
            return "unreadable";
        }
    }

    private void remember(long offset) throws IOException {
        Files.writeString(memory, offset + " " + (lastOwn.isEmpty() ? "-" : lastOwn) + "\n");
    }
}
