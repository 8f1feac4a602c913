package dev.tiercel.detector;

import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/// Consumer lag of Kafka Streams.
final class Lag {
    private Lag() {}

    /// Number of records that this instance's consumers have not read yet, over all assigned partitions.
    static double of(KafkaStreams streams) {
        double sum = 0;
        for (Metric metric : streams.metrics().values()) {
            if (metric.metricName().name().equals("records-lag")
                    && metric.metricValue() instanceof Double lag
                    && lag > 0) {
                sum += lag;
            }
        }
        return sum;
    }
}
