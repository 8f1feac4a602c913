package dev.tiercel.it;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Reads alerts all the time, as a consumer of them does, and notes when each has come.
final class AlertWatch implements AutoCloseable {
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean closed;

    /// @param at when the consumer had it
    record Arrival(AlertLog.Seen alert, Instant at) {
        /// From the event to the consumer.
        Duration latency() {
            return Duration.between(Instant.parse(alert.json().path("time").asText()), at);
        }
    }

    /// @param client settings of a Kafka client: address and security
    AlertWatch(Map<String, Object> client) {
        reader = Thread.ofPlatform().daemon().start(() -> read(client));
    }

    private void read(Map<String, Object> client) {
        try (AlertLog log = new AlertLog(client)) {
            while (!closed) {
                List<AlertLog.Seen> next = log.since(arrivals.size());
                Instant now = Instant.now();
                next.forEach(alert -> arrivals.add(new Arrival(alert, now)));
                log.mark();
            }
        }
    }

    /// What has come so far, in that order; those that were there before the watch began too.
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
