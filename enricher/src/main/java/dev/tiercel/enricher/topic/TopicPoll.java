package dev.tiercel.enricher.topic;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource.Handover;
import dev.tiercel.enricher.source.PolledSource.Poll;
import dev.tiercel.enricher.source.Progress;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.PlainCause;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads all partitions of a topic, from its beginning at the first start. Offsets are the progress: they are
/// written in the transaction of the events, not to a consumer group.
final class TopicPoll implements Poll {
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final long PARTITIONS_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int DELIVERY_BYTES = 512 << 10;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final String prefix;
    private final String topic;
    private final SourceFormat format;
    private final boolean ids;
    private final Map<String, Object> settings = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private long partitionsRead;

    /// @param name names the source in its progress
    /// @param ids  whether documents have ids of their own
    TopicPoll(String name, String topic, SourceFormat format, boolean ids, Map<String, String> kafka) {
        prefix = name + "#";
        this.topic = topic;
        this.format = format;
        this.ids = ids;
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.putAll(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    @Override
    public void resume(Progress before) {
        before.positions(prefix)
                .forEach((part, offset) ->
                        offsets.put(Integer.parseInt(part.substring(prefix.length())), Long.parseLong(offset)));
    }

    @Override
    public Duration ask(Handover handover) throws OriginException, InterruptedException {
        try {
            publish(assigned().poll(WAIT), handover);
            return Duration.ZERO;
        } catch (InterruptException end) {
            throw new InterruptedException();
        } catch (KafkaException failure) {
            close();
            throw new OriginException("cannot read topic %s: %s".formatted(topic, PlainCause.of(failure)), failure);
        }
    }

    /// The consumer, at all partitions that there are.
    private KafkaConsumer<byte[], byte[]> assigned() throws OriginException {
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current == null) {
            current = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = current;
            partitionsRead = System.nanoTime() - PARTITIONS_NANOS;
        }
        if (System.nanoTime() - partitionsRead >= PARTITIONS_NANOS) assign(current);
        return current;
    }

    private void assign(KafkaConsumer<byte[], byte[]> current) throws OriginException {
        Set<TopicPartition> found = new HashSet<>();
        current.partitionsFor(topic).forEach(info -> found.add(new TopicPartition(topic, info.partition())));
        if (found.isEmpty()) throw new OriginException("there is no topic " + topic);
        Set<TopicPartition> added = new HashSet<>(found);
        added.removeAll(current.assignment());
        current.assign(found);
        for (TopicPartition partition : added) {
            Long offset = offsets.get(partition.partition());
            if (offset == null) {
                current.seekToBeginning(List.of(partition));
            } else {
                current.seek(partition, offset);
            }
        }
        partitionsRead = System.nanoTime();
    }

    private void publish(ConsumerRecords<byte[], byte[]> records, Handover handover) throws InterruptedException {
        Delivery delivery = new Delivery(format.eventSource());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            split(record, delivery);
            offsets.put(record.partition(), record.offset() + 1);
            delivery.progress(prefix + record.partition(), Long.toString(record.offset() + 1));
            if (delivery.bytes() >= DELIVERY_BYTES) {
                var _ = handover.publish(delivery);
                delivery = new Delivery(format.eventSource());
            }
        }
        if (delivery.isEmpty()) return;
        var _ = handover.publish(delivery);
    }

    private void split(ConsumerRecord<byte[], byte[]> record, Delivery delivery) {
        byte[] value = record.value();
        if (value == null) return;
        try {
            format.split(value, ids ? delivery : new Placed(delivery, record));
        } catch (MalformedException none) {
            delivery.malformed(
                    value,
                    "%s, in %s-%d at offset %d"
                            .formatted(none.getMessage(), topic, record.partition(), record.offset()));
        }
    }

    /// Gives events the place of their record as id: `topic/3/1234`, and a number if it has several.
    private static final class Placed implements SourceFormat.Collector {
        private final Delivery delivery;
        private final String place;
        private int number;

        Placed(Delivery delivery, ConsumerRecord<?, ?> record) {
            this.delivery = delivery;
            place = "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset());
        }

        @Override
        public void event(SourceEvent event) {
            event.setId(number == 0 ? place : place + "/" + number);
            number++;
            delivery.event(event);
        }

        @Override
        public void malformed(byte[] piece, String reason) {
            delivery.malformed(piece, reason);
        }
    }

    @Override
    public void close() {
        KafkaConsumer<byte[], byte[]> current = consumer;
        consumer = null;
        if (current != null) current.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
}
