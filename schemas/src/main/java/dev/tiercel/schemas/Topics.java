package dev.tiercel.schemas;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
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
            deleted(Duration.ofHours(24), MEBIBYTE, atMost(2048)));

    /// Requests to Kubernetes API servers.
    public static final Topic EVENTS_K8S_AUDIT =
            events("events.k8s-audit", "Audit events of Kubernetes API servers.", 6);

    /// Calls of AWS APIs.
    public static final Topic EVENTS_CLOUDTRAIL = events("events.cloudtrail", "Records of AWS CloudTrail.", 6);

    /// Okta's system log.
    public static final Topic EVENTS_OKTA = events("events.okta", "Events of Okta's system log.", 3);

    /// GitHub's webhooks and audit log.
    public static final Topic EVENTS_GITHUB =
            events("events.github", "Webhook deliveries and audit log entries of GitHub.", 3);

    /// Google Cloud's audit logs.
    public static final Topic EVENTS_GCP_AUDIT =
            events("events.gcp-audit", "Entries of the audit logs of Google Cloud.", 3);

    /// JSON documents of any other kind.
    public static final Topic EVENTS_JSON = events("events.json", "JSON documents of any other kind.", 3);

    /// How far sources have read.
    public static final Topic SOURCES_PROGRESS = new Topic(
            "sources.progress",
            "How far each source beside system calls has read, written with its events.",
            "name of the source and part, UTF-8: `cloudtrail/2026/a.json.gz`",
            AVRO + "SourceProgress",
            1,
            compacted(MEBIBYTE));

    /// Objects of Kubernetes clusters.
    public static final Topic CONTEXT_KUBERNETES = new Topic(
            "context.kubernetes",
            "The objects of Kubernetes clusters that events are explained with; the last record of a key is in force.",
            "cluster, kind and uid, UTF-8: `prod/Pod/05869489-8c7f-45dc-9abd-1b1620787bb1`",
            AVRO + "KubernetesObject",
            1,
            byBrokersTime(compacted(MEBIBYTE)));

    /// Lists of indicators.
    public static final Topic CONTEXT_FEEDS = new Topic(
            "context.feeds",
            "Lists of indicators from outside; the last record of a key is in force.",
            "name of the list, UTF-8: `tor`",
            AVRO + "IndicatorFeed",
            1,
            byBrokersTime(compacted(8 * MEBIBYTE)));

    /// Where nodes are in a cloud.
    public static final Topic CONTEXT_NODES = new Topic(
            "context.nodes",
            "Where in a cloud each node is.",
            "node, UTF-8: `web-1`",
            AVRO + "NodeContext",
            1,
            byBrokersTime(compacted(MEBIBYTE)));

    /// Who entered pods.
    public static final Topic CONTEXT_EXECS = new Topic(
            "context.execs",
            "Requests that entered pods, exec and attach, from audit logs; the last record of a key is in force.",
            "cluster, namespace, pod and audit id, UTF-8: `prod/shop/web-0/7e0a3b1c-…`",
            AVRO + "ExecSession",
            1,
            byBrokersTime(forgotten(Duration.ofDays(7), MEBIBYTE)));

    /// Alerts, complete.
    public static final Topic ALERTS = new Topic(
            "alerts",
            "Rules that matched, with the addresses of the events.",
            "alert id, UTF-8",
            AVRO + "Alert",
            6,
            deleted(Duration.ofDays(30), MEBIBYTE, atMost(512)));

    /// Alerts, as Falco prints them.
    public static final Topic ALERTS_JSON = new Topic(
            "alerts.json",
            "The same alerts as JSON, byte for byte as Falco prints them.",
            "alert id, UTF-8",
            "JSON, UTF-8",
            6,
            deleted(Duration.ofDays(30), MEBIBYTE, atMost(512)));

    /// Alerts of rules and correlations that are being tried.
    public static final Topic ALERTS_SHADOW = new Topic(
            "alerts.shadow",
            "Alerts of rules and correlations marked `shadow`, as they would be on `alerts`.",
            "alert id, UTF-8",
            AVRO + "Alert",
            3,
            deleted(Duration.ofDays(7), MEBIBYTE, atMost(256)));

    /// Alerts that an output could not be given.
    public static final Topic ALERTS_UNDELIVERED = new Topic(
            "alerts.undelivered",
            "Alerts that an output could not be given, with the reason.",
            "name of the output, UTF-8: `soc-webhook`",
            AVRO + "UndeliveredAlert",
            1,
            byBrokersTime(deleted(Duration.ofDays(30), 2 * MEBIBYTE, atMost(512))));

    /// Alerts that outputs are to be given again.
    public static final Topic ALERTS_REDELIVER = new Topic(
            "alerts.redeliver",
            "Undelivered alerts that outputs are to be given again.",
            "name of the output, UTF-8: `soc-webhook`",
            AVRO + "UndeliveredAlert",
            1,
            byBrokersTime(deleted(Duration.ofDays(7), 2 * MEBIBYTE, atMost(512))));

    /// Matches, on their way from the rules to correlations.
    public static final Topic MATCHES = new Topic(
            "matches",
            "Events that matched a step of a correlation, by key, and how far each partition of events has been judged.",
            "correlation and its key, UTF-8: `Brute force/alice`",
            AVRO + "MatchBatch",
            6,
            byBrokersTime(deleted(Duration.ofDays(1), MEBIBYTE, atMost(512))));

    /// Matches that came too late.
    public static final Topic MATCHES_LATE = new Topic(
            "matches.late",
            "Matches that came after the grace of their source, and so were not used.",
            "name of the correlation, UTF-8: `Brute force`",
            AVRO + "LateMatch",
            1,
            byBrokersTime(deleted(Duration.ofDays(7), MEBIBYTE, atMost(128))));

    /// Heartbeats of collectors.
    public static final Topic SENSORS = new Topic(
            "sensors",
            "State and counters of every collector, sent at every heartbeat.",
            "node, UTF-8",
            AVRO + "SensorReport",
            1,
            deleted(Duration.ofDays(7), MEBIBYTE, atMost(256)));

    /// Rule files.
    public static final Topic RULES = new Topic(
            "rules",
            "The rule files of a rule set; the last record of a key is in force.",
            "name of the rule set, UTF-8: `default`",
            AVRO + "RuleFiles",
            1,
            byBrokersTime(compacted(8 * MEBIBYTE)));

    /// The rules that compiled last.
    public static final Topic RULES_ACCEPTED = new Topic(
            "rules.accepted",
            "The last rule files that a detector could compile: a detector runs them if those on `rules` are refused.",
            "name of the rule set, UTF-8: `default`",
            AVRO + "RuleFiles",
            1,
            compacted(8 * MEBIBYTE));

    /// The rules that each detector runs.
    public static final Topic RULES_STATUS = new Topic(
            "rules.status",
            "The rules that each instance of the detector runs, and those that it refused.",
            "application and instance, UTF-8: `tiercel-detector/6f1c…`",
            AVRO + "RuleStatus",
            1,
            forgotten(Duration.ofDays(1), MEBIBYTE));

    /// Changes of rules.
    public static final Topic RULES_CHANGES = new Topic(
            "rules.changes",
            "Changes of rules: published, put in force by an instance of the detector, or refused by one.",
            "name of the rule set, UTF-8: `default`",
            AVRO + "RuleChange",
            1,
            deleted(Duration.ofDays(30), MEBIBYTE, atMost(256)));

    /// Records that could not be read.
    public static final Topic DEAD_LETTERS = new Topic(
            "dead-letters",
            "Records that an application could not read, with the reason.",
            "application, UTF-8",
            AVRO + "DeadLetter",
            1,
            deleted(Duration.ofDays(14), MEBIBYTE, atMost(1024)));

    /// Schemas of the built-in registry.
    public static final Topic SCHEMAS = new Topic(
            "_schemas",
            "The schemas of the built-in registry.",
            "kind and name, JSON",
            "JSON, as in Confluent Schema Registry",
            1,
            compacted(MEBIBYTE));

    private static final List<Topic> ALL = List.of(
            EVENTS_SYSCALL,
            EVENTS_K8S_AUDIT,
            EVENTS_CLOUDTRAIL,
            EVENTS_OKTA,
            EVENTS_GITHUB,
            EVENTS_GCP_AUDIT,
            EVENTS_JSON,
            SOURCES_PROGRESS,
            CONTEXT_KUBERNETES,
            CONTEXT_FEEDS,
            CONTEXT_NODES,
            CONTEXT_EXECS,
            ALERTS,
            ALERTS_JSON,
            ALERTS_SHADOW,
            ALERTS_UNDELIVERED,
            ALERTS_REDELIVER,
            MATCHES,
            MATCHES_LATE,
            SENSORS,
            RULES,
            RULES_ACCEPTED,
            RULES_STATUS,
            RULES_CHANGES,
            DEAD_LETTERS,
            SCHEMAS);

    /// Event source, as rules name it, to its topic; `syscall` first.
    private static final Map<String, Topic> BY_SOURCE = bySources();

    private Topics() {}

    private static Map<String, Topic> bySources() {
        Map<String, Topic> topics = new LinkedHashMap<>();
        topics.put("syscall", EVENTS_SYSCALL);
        topics.put("k8s_audit", EVENTS_K8S_AUDIT);
        topics.put("aws_cloudtrail", EVENTS_CLOUDTRAIL);
        topics.put("okta", EVENTS_OKTA);
        topics.put("github", EVENTS_GITHUB);
        topics.put("gcp_auditlog", EVENTS_GCP_AUDIT);
        topics.put("json", EVENTS_JSON);
        return Collections.unmodifiableMap(topics);
    }

    /// Event source, as rules name it, to the topic of its events; `syscall` first.
    public static Map<String, Topic> bySource() {
        return BY_SOURCE;
    }

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
    /// @throws TopicException if the brokers do not respond or refuse. If topics are missing that this client
    /// may not create, the message has the commands that create them
    public static TopicReport create(Admin admin, int replication, Collection<Topic> topics) {
        return new TopicCreation(admin, replication).create(topics);
    }

    /// Compares existing topics with the catalogue, and creates none.
    ///
    /// @throws TopicException if one is missing, with the commands that create it, or the brokers do not respond
    public static TopicReport require(Admin admin, int replication, Collection<Topic> topics) {
        return new TopicCreation(admin, replication).require(topics);
    }

    /// Those of `topics` that do not exist, or that this client may not see.
    ///
    /// @throws TopicException if the brokers do not respond
    public static List<Topic> missing(Admin admin, Collection<Topic> topics) {
        return new TopicCreation(admin, 0).missing(topics);
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

    /// A topic of [dev.tiercel.schemas.avro.SourceEvent]s. The times of its records are the brokers', because these
    /// decide what expires: events of last month are kept as long as those of today.
    private static Topic events(String name, String description, int partitions) {
        return new Topic(
                name,
                description,
                "origin and actor, UTF-8: `prod/alice`",
                AVRO + "SourceEvent",
                partitions,
                byBrokersTime(deleted(Duration.ofDays(7), MEBIBYTE, atMost(2048))));
    }

    /// A limit of each partition, beside that of age: the first one that is reached deletes the oldest records.
    private static Map<String, String> atMost(int mebibytes) {
        return Map.of("retention.bytes", String.valueOf((long) mebibytes * MEBIBYTE));
    }

    private static Map<String, String> deleted(Duration retention, int maxMessageBytes, Map<String, String> more) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", String.valueOf(retention.toMillis()));
        configs.put("max.message.bytes", String.valueOf(maxMessageBytes));
        configs.putAll(more);
        return configs;
    }

    /// Compacted; a key that is not written again is forgotten.
    private static Map<String, String> forgotten(Duration retention, int maxMessageBytes) {
        Map<String, String> configs = compacted(maxMessageBytes);
        configs.put("cleanup.policy", "compact,delete");
        configs.put("retention.ms", String.valueOf(retention.toMillis()));
        configs.put("segment.ms", String.valueOf(retention.toMillis()));
        return configs;
    }

    /// The times of its records are the brokers', which no writer chooses.
    private static Map<String, String> byBrokersTime(Map<String, String> configs) {
        configs.put("message.timestamp.type", "LogAppendTime");
        return configs;
    }

    private static Map<String, String> compacted(int maxMessageBytes) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("cleanup.policy", "compact");
        configs.put("max.message.bytes", String.valueOf(maxMessageBytes));
        return configs;
    }
}
