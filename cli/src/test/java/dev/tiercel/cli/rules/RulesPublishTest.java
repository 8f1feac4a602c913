package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesPublishTest {
    private static final String RULES = """
            - rule: Opened
              desc: a file was opened
              condition: evt.type = openat
              output: "%fd.name"
              priority: NOTICE
            """;

    @TempDir
    private Path folder;

    @Test
    void publishesRulesThatCompileAndOnlyChangedOnes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1, List.of(Topics.RULES, Topics.RULES_CHANGES, Topics.SCHEMAS));
            }
            Path file = Files.writeString(folder.resolve("rules.yaml"), RULES);
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                    RegistryServer server = RegistryServer.start(registry, 0, new RegistryCredentials.Anonymous())) {
                String[] line = {
                    "rules", "publish",
                    "--bootstrap", broker.bootstrapServers(),
                    "--registry", server.uri().toString(),
                    "--rules", file.toString()
                };
                assertThat(Run.of(line).out()).startsWith("published 1 rule, version ");
                assertThat(Run.of(line).out()).startsWith("unchanged: 1 rule, version ");

                Files.writeString(file, RULES.replace("evt.type", "evt.typ"));
                Run refused = Run.of(line);
                assertThat(refused.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
                assertThat(refused.out()).isEmpty();
                assertThat(refused.err()).contains("rules.yaml:3:").contains("evt.typ");
            }
        }
    }
}
