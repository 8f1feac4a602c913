package dev.tiercel.detector;

import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/// How far the streams are behind.
final class Lag {
    private Lag() {}

    /// Records that this instance's consumers have not taken yet, over all partitions they hold.
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
