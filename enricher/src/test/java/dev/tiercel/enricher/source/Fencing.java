package dev.tiercel.enricher.source;

import dev.tiercel.testkit.TestBroker;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/// A living process of the same name that takes over the transactional id of each of the first producers, in the
/// middle of their first transactions. Also a consumer's interceptor, as all clients share their settings.
public final class Fencing implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    private static final String PRODUCERS = "fencing.producers";
    private static final String FENCED = "fencing.fenced";
    private static final Map<String, Integer> LEFT = new HashMap<>();

    private String id = "";

    /// Settings with which the first `producers` are fenced.
    static Map<String, String> settings(int producers) {
        Map<String, String> settings = new HashMap<>(EventTopics.kafka());
        settings.put("interceptor.classes", Fencing.class.getName());
        settings.put(PRODUCERS, Integer.toString(producers));
        settings.put(FENCED, TestBroker.unique("fencing"));
        return settings;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        if (!(configs.get("transactional.id") instanceof String transactional)) return;
        synchronized (LEFT) {
            String key = String.valueOf(configs.get(FENCED));
            int left = LEFT.getOrDefault(key, Integer.parseInt(String.valueOf(configs.get(PRODUCERS))));
            LEFT.put(key, left - 1);
            if (left > 0) id = transactional;
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (id.isEmpty()) return record;
        try (Producer<byte[], byte[]> living = TestBroker.shared().producer(Map.of("transactional.id", id))) {
            living.initTransactions();
        }
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
        // nothing to do
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // nothing to do
    }

    @Override
    public void close() {
        // nothing to close
    }
}
