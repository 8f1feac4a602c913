package dev.tiercel.detector.cluster;

import dev.tiercel.schemas.Topic;
import dev.tiercel.service.PlainCause;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// Checks brokers and topics up front: Kafka Streams would wait for them silently.
public final class ClusterCheck {
    private static final int LIMIT_SECONDS = 10;

    private ClusterCheck() {}

    /// Returns if brokers respond and have all of `topics`.
    ///
    /// @throws IllegalStateException if no broker responds or a topic is missing
    public static void require(Map<String, String> kafka, Topic... topics) {
        ask(kafka, admin -> {
            Set<String> present = admin.listTopics().names().get();
            List<String> missing = Arrays.stream(topics)
                    .map(Topic::name)
                    .filter(name -> !present.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        "topics missing at %s: %s; `tiercel up` or Kafka's tools create them (docs/wire-format.md)"
                                .formatted(brokers(kafka), missing));
            }
            return missing;
        });
    }

    /// Number of partitions of a topic that exists.
    ///
    /// @throws IllegalStateException if no broker responds
    public static int partitions(Map<String, String> kafka, Topic topic) {
        return ask(
                kafka,
                admin -> Objects.requireNonNull(admin.describeTopics(List.of(topic.name()))
                                .topicNameValues()
                                .get(topic.name()))
                        .get()
                        .partitions()
                        .size());
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private static <T> T ask(Map<String, String> kafka, Question<T> question) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_SECONDS * 1_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_SECONDS * 1_000);
        settings.putAll(kafka);
        try (Admin admin = Admin.create(settings)) {
            return question.ask(admin);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "no response from Kafka at %s: %s; check kafka.bootstrap.servers"
                            .formatted(brokers(kafka), PlainCause.of(failure)),
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while contacting the brokers at " + brokers(kafka), interrupted);
        }
    }

    private static String brokers(Map<String, String> kafka) {
        return kafka.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }
}
