package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RulesStatusTest {
    private static final TestBroker BROKER = TestBroker.shared();
    private static final long TIME = 1_795_305_600_000_000_000L;
    private static final String NONE = "";

    private static EmbeddedRegistry registry;
    private static RegistryServer server;

    @BeforeAll
    static void onePublicationAndTwoInstances() throws IOException {
        Topics.create(BROKER.admin(), 1);
        registry = EmbeddedRegistry.open(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
        server = RegistryServer.start(registry, 0, new RegistryCredentials.Anonymous());
        AvroSerde<RuleFiles> files = AvroSerde.of(RuleFiles.class, registry, Topics.RULES);
        BROKER.send(
                Topics.RULES.name(),
                bytes("default"),
                files.write(new RuleFiles("222222222222ffff", TIME, "up\n\u001b[2Jforged", List.of())));
        AvroSerde<RuleStatus> statuses = AvroSerde.of(RuleStatus.class, registry, Topics.RULES_STATUS);
        RuleStatus current =
                new RuleStatus("d", "1", "web-1", TIME, "222222222222ffff", 89, "up", TIME, TIME, NONE, NONE, 0L, NONE);
        RuleStatus refusing = new RuleStatus(
                "d",
                "2",
                "web-2\u202e",
                TIME,
                "111111111111ffff",
                88,
                "up",
                TIME,
                TIME,
                "222222222222ffff",
                "up\r\nforged",
                TIME,
                "not a rule\nat x.yaml:1:1 \u001b[31m");
        BROKER.send(Topics.RULES_STATUS.name(), bytes("d/1"), statuses.write(current));
        BROKER.send(Topics.RULES_STATUS.name(), bytes("d/2"), statuses.write(refusing));
    }

    @AfterAll
    static void stop() {
        server.close();
        registry.close();
    }

    @Test
    void showsWhatEachInstanceRunsAndRefused() {
        Run run = status();
        assertThat(run.out()).isEqualTo("""
                        published: 222222222222 by up\\n\\x1b[2Jforged at 2026-11-22T00:00:00Z
                        d/1 on web-1: 222222222222, 89 rules, since 2026-11-22T00:00:00Z (seen 2026-11-22T00:00:00Z)
                        d/2 on web-2\\u202e: 111111111111, 88 rules, since 2026-11-22T00:00:00Z, not those published (seen 2026-11-22T00:00:00Z)
                          refused 222222222222 by up\\r\\nforged at 2026-11-22T00:00:00Z:
                            not a rule
                            at x.yaml:1:1 \\x1b[31m
                        """);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
    }

    @Test
    void printsJson() throws Exception {
        List<String> lines = status("-o", "json").out().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode refusing = new ObjectMapper().readTree(lines.getLast());
        assertThat(refusing.path("latest").asBoolean()).isFalse();
        assertThat(refusing.path("refused_publisher").asText()).isEqualTo("up\r\nforged");
        assertThat(lines.getLast()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void saysThatNoBrokerAnswers() {
        Run run = Run.of(
                "rules",
                "status",
                "--bootstrap",
                "127.0.0.1:1",
                "--set",
                "kafka.default.api.timeout.ms=500",
                "--registry",
                server.uri().toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("no answer from Kafka at 127.0.0.1:1");
    }

    private static Run status(String... more) {
        String[] arguments = {
            "rules",
            "status",
            "--bootstrap",
            BROKER.bootstrapServers(),
            "--registry",
            server.uri().toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.of(all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
