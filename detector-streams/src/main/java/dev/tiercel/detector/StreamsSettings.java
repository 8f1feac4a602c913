package dev.tiercel.detector;

import dev.tiercel.detector.correlate.StoreMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Settings of Kafka Streams: exactly once, tuned for latency; each value was measured.
final class StreamsSettings {
    private static final int OUTAGE_LIMIT_MS = 4 * 60_000;
    private static final int QUIET_COMMIT_MS = 1_000;

    /// How often the consumer looks whether a topic of events has come.
    private static final int NEW_TOPICS_MS = 10_000;

    private static final int RECORDS_AT_ONCE = 100;
    private static final int FETCH_BYTES = 8 << 20;

    private StreamsSettings() {}

    /// The built-in settings, overridden by `kafka`.
    static Map<String, Object> of(DetectorConfig config, String instanceId, Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, QUIET_COMMIT_MS); // of offsets alone: AlertCommits
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put("processing.exception.handler.global.enabled", true);
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true); // a kill -9 wipes no store
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class.getName());
        settings.put(StoreMemory.BYTES, config.correlations().memory());
        producer(settings);
        consumer(settings, instanceId);
        bounds(settings);
        settings.putAll(kafka);
        if (!hasStandbys(settings)) {
            settings.putIfAbsent(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE); // nobody has the state
        }
        return settings;
    }

    /// With standbys a task goes to an instance that has its state, and moves to another once that one has it
    /// (KIP-441).
    private static boolean hasStandbys(Map<String, Object> settings) {
        return !String.valueOf(settings.getOrDefault(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "0"))
                .strip()
                .equals("0");
    }

    /// A commit that times out makes Streams close and revive its tasks, and then it can jump over records
    /// ([dev.tiercel.detector.continuity.Continuity]). So it waits for the brokers, as long as the group allows a
    /// member not to poll.
    private static void producer(Map<String, Object> settings) {
        producer(settings, ProducerConfig.LINGER_MS_CONFIG, 5);
        producer(settings, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10);
        producer(settings, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer(settings, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        producer(settings, ProducerConfig.MAX_BLOCK_MS_CONFIG, OUTAGE_LIMIT_MS);
        producer(settings, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, OUTAGE_LIMIT_MS);
    }

    /// A static member: an instance restarted after kill -9 gets its partitions back immediately; a new member would
    /// have to wait for the session of the dead one to expire.
    private static void consumer(Map<String, Object> settings, String instanceId) {
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), NEW_TOPICS_MS);
    }

    /// A record is a batch of up to half a megabyte: what waits for its turn must fit in a small heap.
    private static void bounds(Map<String, Object> settings) {
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AT_ONCE);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS_AT_ONCE);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCH_BYTES);
    }

    private static void producer(Map<String, Object> settings, String key, Object value) {
        settings.put(StreamsConfig.producerPrefix(key), value);
    }
}
