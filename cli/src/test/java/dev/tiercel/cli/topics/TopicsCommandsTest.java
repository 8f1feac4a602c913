package dev.tiercel.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandsTest {
    private static final Map<String, String> PASSWORDS =
            Map.of("owner", BrokerAccess.randomPassword(), "collector", BrokerAccess.randomPassword());

    @TempDir
    private Path folder;

    @Test
    void createsChecksAndComparesTopics() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0)) {
            String at = broker.bootstrapServers();
            assertThat(run("check", at).out())
                    .contains("missing  alerts\n")
                    .endsWith(": 0 created, 0 existed, %d missing, 0 differences%n".formatted(count()));
            assertThat(run("check", at).exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());

            Run created = run("create", at);
            assertThat(created.out()).contains("created  alerts\n").contains("%d created".formatted(count()));
            assertThat(run("create", at).out()).contains("exists   alerts\n").contains(" 0 created");
            assertThat(run("check", at).exitCode()).isEqualTo(ExitCode.SUCCESS.number());

            keepAlertsForASecond(at);
            Run differing = run("check", at);
            assertThat(differing.out()).contains("differs: topic alerts: retention.ms is 1000, expected ");
            assertThat(differing.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
            assertThat(run("check", at, "-o", "json").out())
                    .contains("{\"topic\":\"alerts\",\"state\":\"exists\"}\n")
                    .contains("{\"difference\":\"topic alerts: retention.ms is 1000, expected ");
        }
    }

    private static int count() {
        return Topics.all().size();
    }

    private static void keepAlertsForASecond(String at) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", at))) {
            ConfigResource alerts = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ALERTS.name());
            AlterConfigOp shorter =
                    new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(alerts, List.of(shorter)))
                    .all()
                    .get();
            awaitRetention(admin, alerts);
        }
    }

    /// The controller accepts a setting, and the broker learns of it a little later.
    private static void awaitRetention(Admin admin, ConfigResource topic) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String retention = "";
        while (!retention.equals("1000") && System.nanoTime() < end) {
            retention = Objects.requireNonNull(
                            admin.describeConfigs(List.of(topic)).all().get().get(topic))
                    .get("retention.ms")
                    .value();
        }
        assertThat(retention).isEqualTo("1000");
    }

    @Test
    void givesEachPartItsRightsIfAnAdministratorAsks() throws Exception {
        BrokerAccess access = BrokerAccess.users(PASSWORDS, Set.of("owner"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0, access)) {
            String owner = file(broker, "owner").toString();
            String collector = file(broker, "collector").toString();

            Run refused = Run.of("topics", "create", "--rights", "--config", collector);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
            assertThat(refused.err()).contains("this client may not create them");

            Run given = Run.of("topics", "create", "--rights", "--config", owner);
            assertThat(given.exitCode()).as(given.err()).isEqualTo(ExitCode.SUCCESS.number());
            try (Admin admin = Admin.create(Map.copyOf(broker.clientSettings("owner")))) {
                assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                        .containsAll(Role.COLLECTOR.rights(new Role.Scope("tiercel-detector", List.of())))
                        .containsAll(Role.DETECTOR.rights(new Role.Scope("tiercel-detector", List.of())));
            }
        }
    }

    private Path file(EmbeddedBroker broker, String user) throws Exception {
        String settings = broker.clientSettings(user).entrySet().stream()
                .map(entry -> "kafka." + entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(user), settings);
    }

    @Test
    void saysThatNoBrokerAnswers() {
        String[] soon = {"--set", "kafka.default.api.timeout.ms=500", "--set", "kafka.request.timeout.ms=300"};
        Run run = run("check", "127.0.0.1:1", soon);
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("is --bootstrap right?");
    }

    private static Run run(String command, String bootstrap, String... more) {
        List<String> arguments = new ArrayList<>(List.of("topics", command, "--bootstrap", bootstrap));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }
}
