package dev.tiercel.sinks;

import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.DistinctErrors;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prints the committed alerts of `alerts.json`, from all partitions and without a consumer group, so that every sink
/// sees all of them.
public final class StdoutSink implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(StdoutSink.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Map<String, String> kafka;
    private final AlertPrinter printer;
    private final Start from;
    private final PrintStream out;
    private final AtomicLong printed = new AtomicLong();
    private final DistinctErrors errors = new DistinctErrors(LOG);
    private final Worker worker = new Worker("stdout-sink", CLOSE_LIMIT);
    private volatile boolean closed;
    private volatile Runnable onOutputClosed = () -> {};
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /// Which alerts to print.
    public enum Start {
        /// Those committed after [StdoutSink#start] returned.
        LATEST,
        /// All on the topic, then new ones.
        BEGINNING
    }

    /// @param kafka settings of Kafka's clients, at least `bootstrap.servers`
    /// @param out   flushed after each poll; a stalled reader blocks only this sink
    public StdoutSink(Map<String, String> kafka, AlertLine line, Start from, PrintStream out) {
        this.kafka = Map.copyOf(kafka);
        this.printer = new AlertPrinter(line, out::println);
        this.from = from;
        this.out = out;
    }

    @Override
    public String name() {
        return "stdout";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Runs `action` once the output can no longer be written, its reader being gone or its disk full; nothing is
    /// printed after it.
    public void onOutputClosed(Runnable action) {
        onOutputClosed = action;
    }

    /// Returns once the start offsets are fixed: no alert committed later is missed.
    @Override
    public void start() {
        KafkaConsumer<byte[], byte[]> created =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = created;
        List<TopicPartition> partitions = created.partitionsFor(Topics.ALERTS_JSON.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        created.assign(partitions);
        if (from == Start.BEGINNING) {
            created.seekToBeginning(partitions);
        } else {
            created.endOffsets(partitions).forEach(created::seek);
        }
        worker.start(() -> run(created), created::wakeup);
    }

    /// Alerts printed so far; revisions do not count.
    public long printed() {
        return printed.get();
    }

    @Override
    public Health check() {
        if (closed) return Health.failing("standard output was closed by its reader, or its disk is full");
        return worker.check().and(Health.ok(printed.get() + " alerts printed"));
    }

    /// Stops within three seconds; if the reader of the output is stalled, the thread is abandoned.
    @Override
    public void close() {
        worker.close();
        if (consumer != null && !worker.running()) {
            consumer.close();
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.putAll(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return settings;
    }

    private void run(KafkaConsumer<byte[], byte[]> source) {
        try {
            while (!worker.closing()) {
                pollOnce(source);
            }
        } catch (WakeupException closed) {
            LOG.debug("woken up to close");
        }
        printer.end();
        out.flush();
    }

    private void pollOnce(KafkaConsumer<byte[], byte[]> source) {
        ConsumerRecords<byte[], byte[]> records = source.poll(POLL);
        if (closed) return;
        records.forEach(this::print);
        printer.pause();
        out.flush();
        if (!records.isEmpty() && out.checkError()) {
            closed = true;
            onOutputClosed.run();
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            printer.print(record.value());
            if (!AlertLine.isRevision(record.value())) printed.incrementAndGet();
        } catch (IllegalArgumentException bad) {
            errors.record("printing an alert", bad, record.topic() + "-" + record.partition() + "@" + record.offset());
        }
    }
}
