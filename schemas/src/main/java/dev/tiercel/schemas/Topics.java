package dev.tiercel.schemas;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/// The catalogue of all topics that Tiercel reads or writes, with their configuration.
public final class Topics {

    private static final String AVRO = "Avro, Confluent wire format: ";
    private static final int MEBIBYTE = 1 << 20;

    /// System call events, in self-contained batches.
    public static final Topic EVENTS_SYSCALL = new Topic(
            "events.syscall",
            "Kernel events: one record is a batch of events of one node.",
            "node and lane, UTF-8: `web-1/0`",
            AVRO + "SyscallBatch",
            6,
            deleted(Duration.ofHours(24), MEBIBYTE, Map.of("retention.bytes", String.valueOf(2L << 30))));

    /// Alerts, complete.
    public static final Topic ALERTS = new Topic(
            "alerts",
            "Rules that matched, with the addresses of the events.",
            "alert id, UTF-8",
            AVRO + "Alert",
            6,
            deleted(Duration.ofDays(30), MEBIBYTE, Map.of()));

    /// Alerts, as Falco prints them.
    public static final Topic ALERTS_JSON = new Topic(
            "alerts.json",
            "The same alerts as JSON, byte for byte as Falco prints them.",
            "alert id, UTF-8",
            "JSON, UTF-8",
            6,
            deleted(Duration.ofDays(30), MEBIBYTE, Map.of()));

    /// Heartbeats of collectors.
    public static final Topic SENSORS = new Topic(
            "sensors",
            "State and counters of every collector, sent at every heartbeat.",
            "node, UTF-8",
            AVRO + "SensorReport",
            1,
            deleted(Duration.ofDays(7), MEBIBYTE, Map.of()));

    /// Rule files.
    public static final Topic RULES = new Topic(
            "rules",
            "The rule files of a rule set; the last record of a key is in force.",
            "name of the rule set, UTF-8: `default`",
            AVRO + "RuleFiles",
            1,
            compacted(8 * MEBIBYTE));

    /// Records that could not be read.
    public static final Topic DEAD_LETTERS = new Topic(
            "dead-letters",
            "Records that an application could not read, byte for byte, with the reason.",
            "application, UTF-8",
            AVRO + "DeadLetter",
            1,
            deleted(Duration.ofDays(14), 9 * MEBIBYTE, Map.of()));

    /// Schemas of the built-in registry.
    public static final Topic SCHEMAS = new Topic(
            "_schemas",
            "The schemas of the built-in registry.",
            "kind and name, JSON",
            "JSON, as in Confluent Schema Registry",
            1,
            compacted(MEBIBYTE));

    private static final List<Topic> ALL =
            List.of(EVENTS_SYSCALL, ALERTS, ALERTS_JSON, SENSORS, RULES, DEAD_LETTERS, SCHEMAS);

    private Topics() {}

    /// Every topic, in the order of the documentation.
    public static List<Topic> all() {
        return ALL;
    }

    /// The topic with this name; empty if it is not one of Tiercel's.
    static Optional<Topic> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /// Creates missing topics; never changes existing ones.
    ///
    /// @throws TopicException if the brokers do not respond or refuse
    public static TopicReport create(Admin admin, int replication) {
        return create(admin, replication, ALL);
    }

    /// Creates the missing ones of `topics`; never changes existing ones. With three or more replicas, a write needs
    /// two. Others may create them at the same time.
    ///
    /// @param replication number of replicas; 0: the cluster's default
    /// @throws TopicException if the brokers do not respond or refuse; if topics are missing that this client may not
    /// create, the message has the commands that create them
    public static TopicReport create(Admin admin, int replication, Collection<Topic> topics) {
        return new TopicCreation(admin, replication).create(topics);
    }

    /// Compares existing topics with the catalogue, and creates none.
    ///
    /// @throws TopicException if one is missing, with the commands that create it, or the brokers do not respond
    public static TopicReport require(Admin admin, int replication, Collection<Topic> topics) {
        return new TopicCreation(admin, replication).require(topics);
    }

    /// The catalogue as a Markdown table.
    static String markdown() {
        StringBuilder table =
                new StringBuilder("| topic | partitions | configuration | key | value |\n|---|---|---|---|---|\n");
        for (Topic topic : ALL) {
            table.append("| `%s` | %d | %s | %s | %s |\n"
                    .formatted(topic.name(), topic.partitions(), configs(topic), topic.key(), topic.value()));
        }
        return table.toString();
    }

    private static String configs(Topic topic) {
        StringBuilder text = new StringBuilder();
        topic.configs()
                .forEach((key, value) -> text.append(text.isEmpty() ? "`" : ", `")
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('`'));
        return text.toString();
    }

    private static Map<String, String> deleted(Duration retention, int maxMessageBytes, Map<String, String> more) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", String.valueOf(retention.toMillis()));
        configs.put("max.message.bytes", String.valueOf(maxMessageBytes));
        configs.putAll(more);
        return configs;
    }

    private static Map<String, String> compacted(int maxMessageBytes) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("cleanup.policy", "compact");
        configs.put("max.message.bytes", String.valueOf(maxMessageBytes));
        return configs;
    }
}
