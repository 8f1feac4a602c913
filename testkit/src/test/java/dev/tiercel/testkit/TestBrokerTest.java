package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestBrokerTest {
    private final TestBroker broker = TestBroker.shared();

    @Test
    void readsBackWhatWasSent() {
        String topic = broker.createTopic("echo", 2);
        broker.send(topic, bytes("key"), bytes("value"));
        assertThat(broker.readAll(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(bytes("value")));
        assertThat(broker.await(topic, 1, Duration.ofSeconds(20))).hasSize(1);
    }

    @Test
    void reportsHowManyRecordsArrivedInTime() {
        String topic = broker.createTopic("empty", 1);
        assertThatThrownBy(() -> broker.await(topic, 1, Duration.ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("had 0 of 1 records");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
