package dev.tiercel.sinks.delivery;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.service.PlainCause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Puts what an output could not be given on topic `alerts.undelivered`. Thread-safe.
final class UndeliveredAlerts {
    private final String output;
    private final AvroSerde<UndeliveredAlert> serde;
    private final Producer<byte[], byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    UndeliveredAlerts(String output, AvroSerde<UndeliveredAlert> serde, Producer<byte[], byte[]> producer) {
        this.output = output;
        this.serde = serde;
        this.producer = producer;
    }

    /// An alert that was tried, or refused.
    void add(Pending pending, String reason, long now) {
        Alert alert = pending.notice().alert().alert();
        add(new UndeliveredAlert(
                output,
                alert.getId(),
                alert.getRule(),
                reason,
                pending.attempts(),
                pending.firstAttempt(),
                now,
                pending.from().topic(),
                pending.from().partition(),
                pending.offset(),
                ByteBuffer.wrap(pending.value())));
    }

    /// A record that is no alert, or anything else.
    synchronized void add(UndeliveredAlert undelivered) {
        sent.add(producer.send(new ProducerRecord<>(
                Topics.ALERTS_UNDELIVERED.name(), output.getBytes(StandardCharsets.UTF_8), serde.write(undelivered))));
    }

    /// Returns once the brokers have all; to be called before the offsets of what it came from are committed.
    ///
    /// @throws KafkaException if they do not take one
    synchronized void flush() throws InterruptedException {
        if (sent.isEmpty()) return;
        producer.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException refused) {
                throw new KafkaException("alerts.undelivered: " + PlainCause.of(refused), refused);
            }
        }
        sent.clear();
    }
}
