package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.testkit.RestartableBroker;
import dev.tiercel.testkit.TopicRecords;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class KafkaReceiverTest extends ReceiverContract {
    private static final String TOPIC = "security.alerts";

    private @Nullable RestartableBroker broker;

    private RestartableBroker broker() throws IOException {
        RestartableBroker made = broker;
        if (made != null) return made;
        made = new RestartableBroker(folder.resolve("broker"));
        made.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", made.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(e);
        }
        broker = made;
        return made;
    }

    @AfterEach
    void stop() {
        if (broker != null) broker.close();
    }

    @Override
    protected String keys() throws IOException {
        return "type: kafka, topic: " + TOPIC + ", bootstrap: \"" + broker().bootstrapServers()
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
        return TopicRecords.committed(broker().bootstrapServers(), TOPIC).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
