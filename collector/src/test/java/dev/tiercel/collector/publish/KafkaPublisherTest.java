package dev.tiercel.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.batch.Batch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
    private static final Batch BATCH = new Batch(0, new byte[] {1, 2, 3}, 7);

    @Test
    void waitsForTheMetadataOfBothTopics() {
        List<String> requested = new ArrayList<>();
        MockProducer<byte[], byte[]> slow = new MockProducer<>() {
            @Override
            public List<PartitionInfo> partitionsFor(String topic) {
                requested.add(topic);
                if (requested.size() < 3) {
                    throw new TimeoutException("not yet");
                }
                return List.of(new PartitionInfo(topic, 0, null, new Node[0], new Node[0]));
            }
        };
        try (KafkaPublisher publisher = new KafkaPublisher("web-1", slow, null)) {
            publisher.awaitTopics(Duration.ofMinutes(1));

            assertThat(requested).containsExactly("events.syscall", "events.syscall", "events.syscall", "sensors");
        }
    }

    @Test
    void refusesBatchesWithoutFailingThemWhileNoBrokerIsReachable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                KafkaPublisher publisher = new KafkaPublisher(
                        "web-1",
                        Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort(), "max.block.ms", "20"))) {
            publisher.awaitTopics(Duration.ofMillis(1));

            assertThat(publisher.offer(BATCH)).isFalse();
            publisher.report(new byte[] {1});
            assertThat(publisher.counts()).isEqualTo(new BatchPublisher.DeliveryCounts(0, 0, 0, 0));
        }
    }
}
