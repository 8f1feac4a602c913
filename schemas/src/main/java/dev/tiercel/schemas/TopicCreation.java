package dev.tiercel.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

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

    /// Creates those that cannot be seen: for an existing one, a client without the right to create would be refused.
    /// Another process may create them in between.
    TopicReport create(Collection<Topic> topics) {
        List<Topic> missing = missing(topics);
        List<Topic> existing = new ArrayList<>(topics);
        List<String> created = new ArrayList<>();
        if (!missing.isEmpty()) {
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                            missing.stream().map(this::definition).toList())
                    .values();
            for (Topic topic : missing) {
                if (isCreated(topic, answer(answers, topic.name()), missing)) {
                    created.add(topic.name());
                    existing.remove(topic);
                }
            }
        }
        return report(created, existing, visible(topics));
    }

    TopicReport require(Collection<Topic> topics) {
        List<Topic> missing = missing(topics);
        if (!missing.isEmpty()) {
            throw new TopicException(howToCreate(missing, "topics.create is false"), null);
        }
        return report(List.of(), List.copyOf(topics), visible(topics));
    }

    private TopicReport report(List<String> created, List<Topic> existing, Map<String, TopicDescription> visible) {
        List<String> names = existing.stream().map(Topic::name).toList();
        return new TopicReport(created, names, existing.isEmpty() ? List.of() : mismatches(existing, visible));
    }

    /// Those that do not exist, or that this client may not see.
    List<Topic> missing(Collection<Topic> topics) {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        return topics.stream()
                .filter(topic -> !isVisible(answer(answers, topic.name())))
                .toList();
    }

    private static boolean isVisible(KafkaFuture<TopicDescription> answer) {
        try {
            get(answer, "describe topics");
            return true;
        } catch (TopicException e) {
            if (isUnknownTopic(e) || isRefused(e.getCause())) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isRefused(@Nullable Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() instanceof AuthorizationException;
    }

    /// What is missing, and the commands for somebody who may create it.
    private String howToCreate(List<Topic> missing, String why) {
        StringBuilder text = new StringBuilder("topics are missing or not visible, and ")
                .append(why)
                .append("; have them created, or grant Describe on them:");
        for (Topic topic : missing) {
            text.append("\n  kafka-topics.sh --bootstrap-server HOST:PORT --create --if-not-exists --topic ")
                    .append(topic.name())
                    .append(" --partitions ")
                    .append(topic.partitions());
            if (replication > 0) {
                text.append(" --replication-factor ").append(replication);
            }
            configs(topic).forEach((key, value) -> text.append(" --config ").append(key + "=" + value));
        }
        return text.toString();
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
        Optional<Short> replicas = replication == 0 ? Optional.empty() : Optional.of((short) replication);
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), replicas).configs(configs(topic));
    }

    private Map<String, String> configs(Topic topic) {
        Map<String, String> configs = new TreeMap<>(topic.configs());
        if (replication > 0) {
            configs.putIfAbsent(MIN_REPLICAS, replication >= 3 ? "2" : "1");
        }
        return configs;
    }

    private boolean isCreated(Topic topic, KafkaFuture<Void> answer, List<Topic> missing) {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            if (isRefused(e)) {
                throw new TopicException(howToCreate(missing, "this client may not create them"), e);
            }
            throw new TopicException("cannot create topic=" + topic.name() + ": " + cause(e), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<String> mismatches(List<Topic> existing, Map<String, TopicDescription> descriptions) {
        List<String> mismatches = new ArrayList<>();
        Map<ConfigResource, Config> configs = readableConfigs(existing);
        for (Topic topic : existing) {
            comparePartitions(topic, answer(descriptions, topic.name()), mismatches);
            Config found = configs.get(resource(topic));
            if (found != null) {
                compareConfigs(topic, found, mismatches);
            }
        }
        return mismatches;
    }

    /// Empty if this client may not read configurations, which it does not need.
    private Map<ConfigResource, Config> readableConfigs(List<Topic> topics) {
        List<ConfigResource> resources =
                topics.stream().map(TopicCreation::resource).toList();
        try {
            return get(admin.describeConfigs(resources).all(), "describe topic configurations");
        } catch (TopicException e) {
            if (isRefused(e.getCause())) {
                return Map.of();
            }
            throw e;
        }
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
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private static TopicException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicException("interrupted", e);
    }
}
