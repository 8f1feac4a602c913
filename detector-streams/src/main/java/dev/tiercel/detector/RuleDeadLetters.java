package dev.tiercel.detector;

import dev.tiercel.schemas.Topics;
import dev.tiercel.service.PlainCause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends unreadable records of `rules` to `dead-letters`, outside of the streams' transactions.
final class RuleDeadLetters implements Consumer<Unreadable>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleDeadLetters.class);

    private final Producer<byte[], byte[]> producer;
    private final DeadLetterRecord letter;
    private final DetectorSerdes serdes;
    private final DetectorMetrics metrics;

    RuleDeadLetters(
            Map<String, String> kafka, DeadLetterRecord letter, DetectorSerdes serdes, DetectorMetrics metrics) {
        this.producer = new KafkaProducer<>(new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.letter = letter;
        this.serdes = serdes;
        this.metrics = metrics;
    }

    /// Sends without waiting; a failure to send is logged, since the record stays on its topic.
    @Override
    public void accept(Unreadable record) {
        metrics.unreadable(record);
        LOG.warn(
                "record {}-{}@{} sent to dead-letters: {}: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                record.reason(),
                record.message());
        byte[] key = letter.application().getBytes(StandardCharsets.UTF_8);
        byte[] value = serdes.deadLetters().write(letter.of(record));
        Future<RecordMetadata> _ =
                producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), key, value), (sent, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "cannot send dead letter for {}-{}@{}: {}",
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                PlainCause.of(failure));
                    }
                });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
