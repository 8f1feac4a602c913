package dev.tiercel.cli.access;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.sinks.delivery.RunningOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// The users of a broker, and what each may do: what its part of Tiercel needs, and nothing else.
public enum Role {
    /// The person who runs `up` or a stack: an administrator, who needs no right.
    OWNER,
    COLLECTOR,
    DETECTOR,
    /// Brings events of other sources onto their topics.
    ENRICHER,
    /// Publishes rule files.
    PUBLISHER,
    REGISTRY,
    /// Prints and delivers alerts.
    SINK;

    /// Its name at the broker.
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its principal in ACLs.
    public String principal() {
        return "User:" + user();
    }

    /// Whose rights they are.
    ///
    /// @param application the detector's application id, which its group, transactions and inner topics begin with
    /// @param imported    topics of the owner that sources read (`kafka://TOPIC`)
    public record Scope(String application, List<String> imported) {
        public Scope {
            imported = List.copyOf(imported);
        }
    }

    /// Its rights.
    public List<AclBinding> rights(Scope scope) {
        Rights rights = new Rights(principal());
        switch (this) {
            case OWNER -> {}
            case COLLECTOR ->
                rights.write(Topics.EVENTS_SYSCALL).write(Topics.SENSORS).write(Topics.CONTEXT_NODES);
            case DETECTOR -> detector(rights, scope.application());
            case ENRICHER -> enricher(rights, scope.imported());
            case PUBLISHER -> rights.read(Topics.RULES).write(Topics.RULES).write(Topics.RULES_CHANGES);
            case REGISTRY ->
                rights.read(Topics.SCHEMAS)
                        .write(Topics.SCHEMAS)
                        .prefixed(
                                ResourceType.TRANSACTIONAL_ID,
                                "tiercel-schema-registry-",
                                AclOperation.WRITE,
                                AclOperation.DESCRIBE);
            case SINK ->
                rights.read(Topics.ALERTS_JSON)
                        .read(Topics.ALERTS)
                        .read(Topics.ALERTS_REDELIVER)
                        .write(Topics.ALERTS_UNDELIVERED)
                        .prefixed(ResourceType.GROUP, RunningOutput.GROUP, AclOperation.READ, AclOperation.DESCRIBE);
        }
        return rights.bindings.stream().distinct().toList();
    }

    private static void detector(Rights rights, String application) {
        rights.readEvents()
                .read(Topics.CONTEXT_FEEDS)
                .read(Topics.CONTEXT_KUBERNETES)
                .read(Topics.CONTEXT_NODES)
                .read(Topics.CONTEXT_EXECS)
                .write(Topics.CONTEXT_EXECS)
                .read(Topics.RULES)
                .read(Topics.RULES_ACCEPTED)
                .write(Topics.RULES_ACCEPTED)
                .write(Topics.RULES_STATUS)
                .write(Topics.RULES_CHANGES)
                .write(Topics.ALERTS)
                .write(Topics.ALERTS_JSON)
                .write(Topics.ALERTS_SHADOW)
                .read(Topics.MATCHES)
                .write(Topics.MATCHES)
                .write(Topics.MATCHES_LATE)
                .write(Topics.DEAD_LETTERS)
                .prefixed(ResourceType.GROUP, application, AclOperation.READ, AclOperation.DESCRIBE)
                .prefixed(ResourceType.TRANSACTIONAL_ID, application, AclOperation.WRITE, AclOperation.DESCRIBE)
                .prefixed(
                        ResourceType.TOPIC,
                        application + "-",
                        AclOperation.CREATE,
                        AclOperation.DELETE,
                        AclOperation.DESCRIBE,
                        AclOperation.DESCRIBE_CONFIGS,
                        AclOperation.READ,
                        AclOperation.WRITE);
    }

    private static void enricher(Rights rights, List<String> imported) {
        imported.forEach(rights::readForeign);
        rights.readWriteDocuments()
                .read(Topics.SOURCES_PROGRESS)
                .write(Topics.SOURCES_PROGRESS)
                .read(Topics.CONTEXT_FEEDS)
                .write(Topics.CONTEXT_FEEDS)
                .read(Topics.CONTEXT_KUBERNETES)
                .write(Topics.CONTEXT_KUBERNETES)
                .write(Topics.DEAD_LETTERS)
                .prefixed(
                        ResourceType.TRANSACTIONAL_ID, "tiercel-enricher-", AclOperation.WRITE, AclOperation.DESCRIBE);
    }

    /// The rights of all as a Markdown table, `APP` standing for the detector's application id.
    public static String markdown() {
        StringBuilder table = new StringBuilder("| user | resource | operations |\n|---|---|---|\n");
        table.append("| `%s` | everything | an administrator |\n".formatted(OWNER.user()));
        for (Role role : values()) {
            role.rights(new Scope("APP", List.of())).stream()
                    .collect(Collectors.groupingBy(
                            Role::resource,
                            LinkedHashMap::new,
                            Collectors.mapping(Role::operation, Collectors.joining(", "))))
                    .forEach((resource, operations) ->
                            table.append("| `%s` | %s | %s |\n".formatted(role.user(), resource, operations)));
        }
        return table.toString();
    }

    private static String resource(AclBinding right) {
        ResourcePattern pattern = right.pattern();
        String type = pattern.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return type + " `" + pattern.name() + (pattern.patternType() == PatternType.PREFIXED ? "*`" : "`");
    }

    /// As in Kafka's documentation: `DescribeConfigs`.
    private static String operation(AclBinding right) {
        return Arrays.stream(right.entry().operation().name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /// Collects the rights of one principal.
    private record Rights(String principal, List<AclBinding> bindings) {
        Rights(String principal) {
            this(principal, new ArrayList<>());
        }

        Rights read(Topic topic) {
            return topic(topic, AclOperation.READ, AclOperation.DESCRIBE);
        }

        /// Of every source.
        Rights readEvents() {
            Topics.bySource().values().forEach(this::read);
            return this;
        }

        /// Of every source beside system calls.
        Rights readWriteDocuments() {
            Topics.bySource().values().stream()
                    .filter(topic -> !topic.equals(Topics.EVENTS_SYSCALL))
                    .forEach(topic -> read(topic).write(topic));
            return this;
        }

        Rights write(Topic topic) {
            return topic(topic, AclOperation.WRITE, AclOperation.DESCRIBE);
        }

        Rights prefixed(ResourceType type, String prefix, AclOperation... operations) {
            return add(new ResourcePattern(type, prefix, PatternType.PREFIXED), operations);
        }

        /// A topic that is none of ours.
        void readForeign(String topic) {
            topic(topic, AclOperation.READ, AclOperation.DESCRIBE);
        }

        private Rights topic(Topic topic, AclOperation... operations) {
            return topic(topic.name(), operations);
        }

        private Rights topic(String topic, AclOperation... operations) {
            return add(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), operations);
        }

        private Rights add(ResourcePattern resource, AclOperation... operations) {
            for (AclOperation operation : operations) {
                bindings.add(new AclBinding(
                        resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
            return this;
        }
    }
}
