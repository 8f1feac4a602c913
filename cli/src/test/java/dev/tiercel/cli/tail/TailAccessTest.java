package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.ClientProperties;
import dev.tiercel.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tailing a broker that asks for a password.
class TailAccessTest {
    private static final String ALERT = "{\"output\":\"10:00:00.000000000: Warning shadow read\"}";
    private static final BrokerAccess ACCESS =
            BrokerAccess.users(Map.of("owner", "right", "guest", "guest"), Set.of("owner"));

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @TempDir
    Path data;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder, 0, ACCESS);
        Map<String, Object> owner = Map.copyOf(broker.clientSettings("owner"));
        try (Admin admin = Admin.create(owner);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(owner, new ByteArraySerializer(), new ByteArraySerializer())) {
            Topics.create(admin, 1);
            byte[] alert = ALERT.getBytes(StandardCharsets.UTF_8);
            assertThat(producer.send(new ProducerRecord<>(Topics.ALERTS_JSON.name(), alert))
                            .get()
                            .offset())
                    .isZero();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theDataDirectoryHasAddressAndPassword() throws Exception {
        Run run = tail(ACCESS, "owner");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out()).isEqualTo("10:00:00.000000000: Warning shadow read\n");
    }

    @Test
    void aWrongPasswordIsCalledSo() throws Exception {
        Run run = tail(BrokerAccess.users(Map.of("owner", "wrong"), Set.of()), "owner");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err())
                .contains("wrong password: is that the broker of your `up`?")
                .doesNotContain("\"wrong\"");
    }

    @Test
    void aMissingRightIsCalledSo() throws Exception {
        Run run = tail(ACCESS, "guest");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("this user may not do that");
    }

    @Test
    void withoutAPasswordItSaysWhoGetsIn() {
        Run run = Run.of(
                "alerts",
                "tail",
                "--bootstrap",
                broker.bootstrapServers(),
                "--set",
                "kafka.default.api.timeout.ms=2000");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("`up` admits only the user who started it: run this as that user");
    }

    private Run tail(BrokerAccess access, String user) throws Exception {
        Map<String, String> kafka = new HashMap<>(access.clientSettings(user));
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        new ClientProperties(kafka, Map.of()).write(data, user, "");
        return Run.of("alerts", "tail", "--no-follow", "--data", data.toString());
    }
}
