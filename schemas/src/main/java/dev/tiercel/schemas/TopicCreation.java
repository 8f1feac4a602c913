package dev.tiercel.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Creates topics and compares those that exist with the catalogue.
final class TopicCreation {

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String MIN_REPLICAS = "min.insync.replicas";

    private final Admin admin;
    private final int replication;

    TopicCreation(Admin admin, int replication) {
        this.admin = admin;
        this.replication = replication;
    }

    /// Tries to create all: checking first would race with other processes.
    TopicReport create(Collection<Topic> topics) {
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        topics.stream().map(this::definition).toList())
                .values();
        List<String> created = new ArrayList<>();
        List<Topic> existing = new ArrayList<>();
        for (Topic topic : topics) {
            if (isCreated(topic, answer(answers, topic.name()))) {
                created.add(topic.name());
            } else {
                existing.add(topic);
            }
        }
        Map<String, TopicDescription> visible = visible(topics);
        List<String> names = existing.stream().map(Topic::name).toList();
        return new TopicReport(created, names, existing.isEmpty() ? List.of() : mismatches(existing, visible));
    }

    /// The controller creates a topic and brokers learn of it a little later, so this waits until they know all.
    private Map<String, TopicDescription> visible(Collection<Topic> topics) {
        List<String> names = topics.stream().map(Topic::name).toList();
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            try {
                return get(admin.describeTopics(names).allTopicNames(), "describe topics");
            } catch (TopicException e) {
                if (!isUnknownTopic(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static boolean isUnknownTopic(TopicException e) {
        return e.getCause() instanceof ExecutionException cause
                && cause.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private NewTopic definition(Topic topic) {
        Map<String, String> configs = new TreeMap<>(topic.configs());
        configs.putIfAbsent(MIN_REPLICAS, replication >= 3 ? "2" : "1");
        return new NewTopic(topic.name(), topic.partitions(), (short) replication).configs(configs);
    }

    private static boolean isCreated(Topic topic, KafkaFuture<Void> answer) {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new TopicException("cannot create topic=" + topic.name() + ": " + cause(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<String> mismatches(List<Topic> existing, Map<String, TopicDescription> descriptions) {
        Map<ConfigResource, Config> configs = get(
                admin.describeConfigs(
                                existing.stream().map(TopicCreation::resource).toList())
                        .all(),
                "describe topic configurations");
        List<String> mismatches = new ArrayList<>();
        for (Topic topic : existing) {
            comparePartitions(topic, answer(descriptions, topic.name()), mismatches);
            compareConfigs(topic, answer(configs, resource(topic)), mismatches);
        }
        return mismatches;
    }

    private static void comparePartitions(Topic topic, TopicDescription found, List<String> mismatches) {
        int partitions = found.partitions().size();
        if (partitions != topic.partitions()) {
            mismatches.add(
                    "topic %s: partitions is %d, expected %d".formatted(topic.name(), partitions, topic.partitions()));
        }
    }

    private static void compareConfigs(Topic topic, Config found, List<String> mismatches) {
        topic.configs().forEach((key, expected) -> {
            ConfigEntry entry = found.get(key);
            String value = entry == null ? "not set" : entry.value();
            if (!expected.equals(value)) {
                mismatches.add("topic %s: %s is %s, expected %s".formatted(topic.name(), key, value, expected));
            }
        });
    }

    /// The admin client returns a result for every requested key.
    private static <K, V> V answer(Map<K, V> answers, K key) {
        return Objects.requireNonNull(answers.get(key), () -> "no result for " + key);
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T get(KafkaFuture<T> future, String what) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new TopicException("cannot " + what + ": " + cause(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String cause(ExecutionException e) {
        return String.valueOf(e.getCause());
    }

    private static TopicException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicException("interrupted", e);
    }
}
