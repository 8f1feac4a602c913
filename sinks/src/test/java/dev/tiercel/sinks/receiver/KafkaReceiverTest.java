package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.testkit.RestartableBroker;
import dev.tiercel.testkit.TestBroker;
import dev.tiercel.testkit.TopicRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class KafkaReceiverTest extends ReceiverContract {
    @TempDir
    private static Path data;

    private static @Nullable RestartableBroker shared;

    private final String topic = TestBroker.unique("security.alerts");

    /// One for all tests: each takes a few seconds to start.
    private static RestartableBroker broker() throws IOException {
        RestartableBroker made = shared;
        if (made == null) {
            made = new RestartableBroker(data.resolve("broker"));
            made.start();
            shared = made;
        }
        return made;
    }

    @AfterAll
    static void stop() {
        if (shared != null) shared.close();
        shared = null;
    }

    @BeforeEach
    void createTopic() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected String keys() throws IOException {
        return "type: kafka, topic: " + topic + ", bootstrap: \"" + broker().bootstrapServers()
                + "\", properties: {max.block.ms: \"500\", client.id: {env: SECRET}}";
    }

    @Override
    protected void breakDown() throws IOException, InterruptedException {
        broker().kill();
    }

    @Override
    protected void repair() throws IOException {
        broker().start();
    }

    @Override
    protected List<String> arrived(int count) throws IOException {
        return TopicRecords.committed(broker().bootstrapServers(), topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
