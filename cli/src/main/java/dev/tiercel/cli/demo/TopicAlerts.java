package dev.tiercel.cli.demo;

import dev.tiercel.cli.tail.TopicTail;
import dev.tiercel.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Alerts of topic `alerts.json`, by a client of its brokers.
final class TopicAlerts implements AlertFeed {
    private final TopicTail tail;

    /// @param kafka settings of the client
    /// @throws dev.tiercel.cli.output.EnvironmentException if the brokers do not respond, or there is no such topic
    TopicAlerts(Map<String, String> kafka) {
        tail = TopicTail.fromNow(Topics.ALERTS_JSON.name(), kafka);
    }

    @Override
    public List<DemoAlert> poll(Duration patience) {
        List<DemoAlert> alerts = new ArrayList<>();
        tail.poll(patience).forEach(record -> {
            if (record.value() == null) return;
            DemoAlert.of(new String(record.value(), StandardCharsets.UTF_8), Instant.now())
                    .ifPresent(alerts::add);
        });
        return alerts;
    }

    @Override
    public void close() {
        tail.close();
    }
}
