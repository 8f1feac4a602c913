package dev.tiercel.benchmarks.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// How long each marker took from its system call to the line that `up` prints. Thread-safe.
final class MarkerAlerts {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Number of the marker to nanoseconds.
    private final Map<Long, Long> nanos = new ConcurrentHashMap<>();

    /// Takes a line of `up --output json` that arrived now; other alerts are ignored.
    void accept(String line) {
        accept(line, Instant.now());
    }

    void accept(String line, Instant arrived) {
        try {
            JsonNode alert = JSON.readTree(line);
            if (!alert.path("rule").asText().equals(MarkerRule.NAME)) return;
            String file = alert.path("output_fields").path("fd.name").asText();
            long number = Long.parseLong(file.substring(file.lastIndexOf(MarkerRule.FILE) + MarkerRule.FILE.length()));
            Instant happened = Instant.parse(alert.path("time").asText());
            nanos.put(number, Duration.between(happened, arrived).toNanos());
        } catch (JsonProcessingException noAlert) {
            throw new IllegalArgumentException("not an alert in JSON: " + line, noAlert);
        }
    }

    /// Waits until all markers from `first` to before `end` have arrived, or for at most `limit`; those that have.
    Latencies await(long first, long end, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Latencies arrived = arrived(first, end);
        while (arrived.count() < end - first && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            arrived = arrived(first, end);
        }
        return arrived;
    }

    private Latencies arrived(long first, long end) {
        List<Long> found = LongStream.range(first, end)
                .boxed()
                .filter(nanos::containsKey)
                .map(nanos::get)
                .toList();
        return new Latencies(found);
    }
}
