package dev.tiercel.sinks.receiver;

import dev.tiercel.service.PlainCause;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Records on a topic of any Kafka cluster: key the alert's id, value a line as in a file. The producer is idempotent;
/// after a crash what was delivered comes again, with the same key.
final class KafkaReceiver implements Receiver {
    private static final int PATIENCE_MS = 10_000;
    private static final int DELIVERY_MS = 30_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String bootstrap;
    private final String topic;
    private final Map<String, Secret> properties;
    private final LineForm form;
    private @Nullable Producer<byte[], byte[]> producer;

    private KafkaReceiver(String bootstrap, String topic, Map<String, Secret> properties, LineForm form) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.properties = Map.copyOf(properties);
        this.form = form;
    }

    /// Reads `bootstrap`, `topic`, `properties`, `format` and `template`.
    static Receiver read(Section section) {
        section.section("properties").ifPresent(properties -> {
            if (properties.has("transactional.id")) properties.problem("transactional.id", "is none of an output's");
        });
        return new KafkaReceiver(
                section.text("bootstrap"),
                section.text("topic"),
                section.secrets("properties"),
                LineForm.read(section));
    }

    private synchronized Producer<byte[], byte[]> producer() throws IOException {
        Producer<byte[], byte[]> made = producer;
        if (made != null) return made;
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put(name, value.value()));
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        try {
            made = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException refused) {
            throw new IOException(PlainCause.of(refused), refused);
        }
        producer = made;
        return made;
    }

    @Override
    public void check() throws IOException {
        try {
            if (producer().partitionsFor(topic).isEmpty()) throw new IOException("no topic " + topic);
        } catch (KafkaException failure) {
            throw new IOException(PlainCause.of(failure), failure);
        }
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException {
        try {
            return send(producer(), notices);
        } catch (InterruptException stopped) {
            throw new InterruptedException(stopped.getMessage());
        } catch (KafkaException failure) {
            close(); // secrets may have changed, and some states of a producer are final
            throw new IOException(PlainCause.of(failure), failure);
        }
    }

    private List<DeliveryResult> send(Producer<byte[], byte[]> to, List<Notice> notices) throws InterruptedException {
        boolean _ = to.partitionsFor(topic).isEmpty(); // throws, once and not for each record, if nobody answers
        List<Future<?>> sent = new ArrayList<>();
        for (Notice notice : notices) {
            byte[] key = notice.id().getBytes(StandardCharsets.UTF_8);
            byte[] value = form.of(notice).getBytes(StandardCharsets.UTF_8);
            Future<?> record = to.send(new ProducerRecord<>(topic, key, value));
            sent.add(record);
            if (record.isDone() && result(record) instanceof DeliveryResult.Later) break;
        }
        to.flush();
        List<DeliveryResult> results = new ArrayList<>();
        for (Future<?> each : sent) results.add(result(each));
        while (results.size() < notices.size()) results.add(DeliveryResult.later("not sent, since one before failed"));
        return results;
    }

    private static DeliveryResult result(Future<?> sent) throws InterruptedException {
        try {
            sent.get();
            return DeliveryResult.DELIVERED;
        } catch (ExecutionException failure) {
            String reason = PlainCause.of(failure);
            return failure.getCause() instanceof RecordTooLargeException
                    ? new DeliveryResult.Refused(reason)
                    : DeliveryResult.later(reason);
        }
    }

    @Override
    public int batch() {
        return Lines.BATCH;
    }

    @Override
    public synchronized void close() {
        Producer<byte[], byte[]> made = producer;
        producer = null;
        if (made != null) made.close(CLOSE_LIMIT);
    }
}
