package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.access.RoleRights;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.testkit.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each user can really do at a broker, tried.
class RoleTest {
    private static final String IMPORTED = "orders";
    private static final Role.Scope SCOPE = new Role.Scope("app", List.of(IMPORTED));

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        UpAccess access = UpAccess.in(Files.createDirectory(folder.resolve("data")));
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0, access.broker());
        try (Admin owner = admin(Role.OWNER)) {
            Topics.create(owner, 1);
            owner.createTopics(List.of(new NewTopic(IMPORTED, 1, (short) 1), new NewTopic("other", 1, (short) 1)))
                    .all()
                    .get();
            RoleRights.apply(owner, new Role.Scope("an-earlier-application", List.of("other")));
            RoleRights.apply(owner, SCOPE);
        }
        for (Topic topic : Topics.all()) assertThat(writes(Role.OWNER, topic)).isTrue();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void rightsAreThoseOfTheTableAndNoOthers() throws Exception {
        try (Admin owner = admin(Role.OWNER)) {
            for (Role role : Role.values()) {
                assertThat(owner.describeAcls(AclBindingFilter.ANY).values().get().stream()
                                .filter(acl -> acl.entry().principal().equals(role.principal())))
                        .containsExactlyInAnyOrderElementsOf(role.rights(SCOPE));
            }
        }
    }

    @Test
    void eachWritesItsTopicsOnly() {
        Map<Role, Set<Topic>> writes = new TreeMap<>(Map.of(
                Role.COLLECTOR, Set.of(Topics.EVENTS_SYSCALL, Topics.SENSORS, Topics.CONTEXT_NODES),
                Role.ENRICHER,
                        documentsAnd(
                                Topics.SOURCES_PROGRESS,
                                Topics.CONTEXT_FEEDS,
                                Topics.CONTEXT_KUBERNETES,
                                Topics.DEAD_LETTERS),
                Role.DETECTOR,
                        Set.of(
                                Topics.ALERTS,
                                Topics.ALERTS_JSON,
                                Topics.ALERTS_SHADOW,
                                Topics.MATCHES,
                                Topics.MATCHES_LATE,
                                Topics.DEAD_LETTERS,
                                Topics.RULES_ACCEPTED,
                                Topics.RULES_STATUS,
                                Topics.RULES_CHANGES,
                                Topics.CONTEXT_EXECS),
                Role.PUBLISHER, Set.of(Topics.RULES, Topics.RULES_CHANGES),
                Role.REGISTRY, Set.of(Topics.SCHEMAS),
                Role.SINK, Set.of(Topics.ALERTS_UNDELIVERED)));
        writes.forEach((role, topics) -> assertThat(those(topic -> writes(role, topic)))
                .as(role + " writes")
                .isEqualTo(topics));
    }

    @Test
    void eachReadsItsTopicsOnly() {
        Map<Role, Set<Topic>> reads = new TreeMap<>(Map.of(
                Role.COLLECTOR, Set.of(),
                Role.ENRICHER, documentsAnd(Topics.SOURCES_PROGRESS, Topics.CONTEXT_FEEDS, Topics.CONTEXT_KUBERNETES),
                Role.DETECTOR,
                        documentsAnd(
                                Topics.EVENTS_SYSCALL,
                                Topics.CONTEXT_FEEDS,
                                Topics.CONTEXT_KUBERNETES,
                                Topics.CONTEXT_NODES,
                                Topics.CONTEXT_EXECS,
                                Topics.MATCHES,
                                Topics.RULES,
                                Topics.RULES_ACCEPTED),
                Role.PUBLISHER, Set.of(Topics.RULES),
                Role.REGISTRY, Set.of(Topics.SCHEMAS),
                Role.SINK, Set.of(Topics.ALERTS_JSON, Topics.ALERTS, Topics.ALERTS_REDELIVER)));
        reads.forEach((role, topics) -> assertThat(those(topic -> reads(role, topic)))
                .as(role + " reads")
                .isEqualTo(topics));
    }

    @Test
    void onlyTheEnricherReadsWhatIsImportedAndNobodyElsesTopics() {
        for (String name : List.of(IMPORTED, "other"))
            assertThat(writes(Role.OWNER, name)).isTrue();
        for (Role role : Role.values()) {
            boolean owner = role == Role.OWNER;
            assertThat(reads(role, IMPORTED)).as("%s reads", role).isEqualTo(owner || role == Role.ENRICHER);
            assertThat(reads(role, "other")).as("%s reads others", role).isEqualTo(owner);
            assertThat(writes(role, IMPORTED)).as("%s writes", role).isEqualTo(owner);
        }
    }

    /// The topics of all sources beside system calls, and `more`.
    private static Set<Topic> documentsAnd(Topic... more) {
        Set<Topic> topics = new HashSet<>(Topics.bySource().values());
        topics.remove(Topics.EVENTS_SYSCALL);
        topics.addAll(List.of(more));
        return topics;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void nobodyButTheOwnerAdministers(Role role) {
        try (Admin admin = admin(role)) {
            administration(admin)
                    .forEach((name, action) ->
                            assertThat(isRefused(action)).as(role + " " + name).isTrue());
        }
    }

    private static Map<String, Callable<?>> administration(Admin admin) {
        Map<String, Callable<?>> actions = new HashMap<>(ofTopics(admin));
        actions.putAll(ofUsers(admin));
        return actions;
    }

    private static Map<String, Callable<?>> ofTopics(Admin admin) {
        ConfigResource alerts = new ConfigResource(ConfigResource.Type.TOPIC, "alerts");
        ConfigResource server = new ConfigResource(ConfigResource.Type.BROKER, "1");
        AlterConfigOp shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
        Map<String, Callable<?>> actions = new HashMap<>();
        actions.put(
                "deletes a topic",
                () -> admin.deleteTopics(List.of("alerts")).all().get());
        actions.put(
                "creates a topic",
                () -> admin.createTopics(List.of(new NewTopic("x", 1, (short) 1)))
                        .all()
                        .get());
        actions.put(
                "alters a topic",
                () -> admin.incrementalAlterConfigs(Map.of(alerts, List.of(shorter)))
                        .all()
                        .get());
        actions.put(
                "reads the broker's settings",
                () -> admin.describeConfigs(List.of(server)).all().get());
        return actions;
    }

    private static Map<String, Callable<?>> ofUsers(Admin admin) {
        UserScramCredentialUpsertion user = new UserScramCredentialUpsertion(
                "mallory", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "password");
        Map<String, Callable<?>> actions = new HashMap<>();
        actions.put(
                "reads ACLs",
                () -> admin.describeAcls(AclBindingFilter.ANY).values().get());
        actions.put(
                "deletes ACLs",
                () -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get());
        actions.put(
                "gives itself rights",
                () -> admin.createAcls(Role.SINK.rights(new Role.Scope("any", List.of())))
                        .all()
                        .get());
        actions.put(
                "makes users",
                () -> admin.alterUserScramCredentials(List.of(user)).all().get());
        actions.put(
                "fences a writer",
                () -> admin.fenceProducers(List.of("other-application-1")).all().get());
        actions.put("stops the broker", () -> admin.unregisterBroker(1).all().get());
        actions.put(
                "deletes a group",
                () -> admin.deleteConsumerGroups(List.of("group")).all().get());
        return actions;
    }

    @Test
    void theTableInTheGuideIsThisOne() throws Exception {
        assertThat(Files.readString(Checkout.root().resolve("docs/security.md")))
                .contains("\n" + Role.markdown() + "\n");
    }

    private static Admin admin(Role role) {
        return Admin.create(Map.copyOf(broker.clientSettings(role.user())));
    }

    private static Set<Topic> those(Predicate<Topic> fits) {
        return Topics.all().stream().filter(fits).collect(Collectors.toSet());
    }

    private static boolean writes(Role role, Topic topic) {
        return writes(role, topic.name());
    }

    private static boolean writes(Role role, String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.copyOf(broker.clientSettings(role.user())), new ByteArraySerializer(), new ByteArraySerializer())) {
            return !isRefused(() -> producer.send(new ProducerRecord<>(topic, 0, new byte[1], new byte[1]))
                    .get());
        }
    }

    private static boolean reads(Role role, Topic topic) {
        return reads(role, topic.name());
    }

    private static boolean reads(Role role, String topic) {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings(role.user()));
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", 5_000);
        List<Object> seen = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition first = new TopicPartition(topic, 0);
            consumer.assign(List.of(first));
            consumer.seek(first, 0);
            return !isRefused(() -> {
                while (seen.isEmpty()) consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
                return seen;
            });
        }
    }

    private static boolean isRefused(Callable<?> action) {
        try {
            action.call();
            return false;
        } catch (AuthorizationException refused) {
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) return true;
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
