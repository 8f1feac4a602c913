package dev.tiercel.detector;

import dev.tiercel.schemas.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// Says what is missing before Kafka Streams starts waiting for it.
final class ClusterCheck {
    private static final int LIMIT_SECONDS = 15;

    private ClusterCheck() {}

    /// @throws IllegalStateException if no broker answers, or a topic is missing
    static void require(Map<String, String> kafka, Topic... topics) {
        String brokers = kafka.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            Set<String> present = admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            List<String> missing = Arrays.stream(topics)
                    .map(Topic::name)
                    .filter(name -> !present.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException("topics missing at %s: %s".formatted(brokers, missing));
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("no Kafka broker answers at %s: %s".formatted(brokers, failure), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the brokers at " + brokers, interrupted);
        }
    }
}
