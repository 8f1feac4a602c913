package dev.tiercel.detector.correlate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Which partitions of events have nothing that waits to be judged, as the brokers said last.
///
/// The time of day counts as the time of such a partition, so that sources in which nothing happens hold nothing up.
/// After a start or an outage that needs a while: collectors still bring what they kept meanwhile. Thread-safe.
public final class IdlePartitions {
    /// How long brokers must have answered without a break.
    static final Duration CALM = Duration.ofSeconds(30);

    private Map<TopicPartition, Long> lags = Map.of();
    private Map<String, Integer> partitions = Map.of();
    private @Nullable Instant since;
    private Instant last = Instant.EPOCH;

    /// The brokers have answered.
    ///
    /// @param asked when the question began
    /// @param answer records that nobody has judged and committed, of every partition
    public synchronized void measured(Instant asked, Map<TopicPartition, Long> answer) {
        Map<String, Integer> counts = new HashMap<>();
        answer.keySet().forEach(at -> counts.merge(at.topic(), 1, Integer::sum));
        lags = Map.copyOf(answer);
        partitions = counts;
        since = since == null ? asked : since;
        last = asked;
    }

    /// The brokers do not answer.
    public synchronized void away() {
        lags = Map.of();
        since = null;
    }

    /// Number of partitions of a topic; 0: not known, or there is no such topic.
    public synchronized int partitions(String topic) {
        return partitions.getOrDefault(topic, 0);
    }

    /// Time up to which everything in the partition is known to have been judged, nanoseconds since the epoch; 0:
    /// not known.
    public synchronized long idleAt(TopicPartition at) {
        boolean calm = since != null && Duration.between(since, last).compareTo(CALM) >= 0;
        boolean idle = calm && lags.getOrDefault(at, 1L) == 0;
        return idle ? Instant.EPOCH.until(last, ChronoUnit.NANOS) : 0;
    }
}
