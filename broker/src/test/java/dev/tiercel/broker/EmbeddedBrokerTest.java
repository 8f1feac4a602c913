package dev.tiercel.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {
    private static final TopicPartition THINGS = new TopicPartition("things", 0);

    @TempDir
    Path directory;

    @Test
    void keepsRecordsTransactionsAndItsIdentityAcrossARestart() throws Exception {
        String cluster;
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            Clients.createTopic(broker.bootstrapServers(), THINGS.topic(), 1);
            sendInATransaction(broker.bootstrapServers(), "committed", true);
            sendInATransaction(broker.bootstrapServers(), "aborted", false);
            cluster = clusterId(broker.bootstrapServers());
        }
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("committed");
            assertThat(clusterId(broker.bootstrapServers())).isEqualTo(cluster);
        }
    }

    /// The kill may precede the commit marker, which Kafka may forget: see
    /// [dev.tiercel.broker.recovery.HangingTransactions].
    @Test
    void keepsEveryCommittedRecordAcrossAKill() throws Exception {
        String cluster;
        try (BrokerProcess broker = BrokerProcess.start(directory)) {
            Clients.createTopic(broker.bootstrapServers(), THINGS.topic(), 1);
            sendInATransaction(broker.bootstrapServers(), "before the kill", true);
            cluster = clusterId(broker.bootstrapServers());
            broker.kill();
        }
        long started = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("before the kill");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
            assertThat(clusterId(broker.bootstrapServers())).isEqualTo(cluster);
        }
    }

    @Test
    void reportsATakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.startInsecure(directory, other.getLocalPort()))
                    .isInstanceOfSatisfying(
                            PortTakenException.class,
                            taken -> assertThat(taken.port()).isEqualTo(other.getLocalPort()))
                    .hasMessage("port " + other.getLocalPort() + " on 127.0.0.1 is taken by another process");
        }
    }

    @Test
    void reportsWhichProcessHoldsTheDirectory() throws Exception {
        try (DirectoryLock _ = DirectoryLock.take(directory)) {
            assertThatThrownBy(() -> EmbeddedBroker.startInsecure(directory, 0))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void reportsADirectoryThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> EmbeddedBroker.startInsecure(file.resolve("data"), 0))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("cannot use data directory " + file.resolve("data"));
    }

    private static String clusterId(String bootstrapServers) throws Exception {
        try (Admin admin = Clients.admin(bootstrapServers)) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void sendInATransaction(String bootstrapServers, String value, boolean commit) {
        try (Producer<String, String> producer = Clients.producer(bootstrapServers, "test")) {
            producer.beginTransaction();
            Future<?> sent = producer.send(new ProducerRecord<>(THINGS.topic(), value));
            if (commit) {
                producer.commitTransaction();
                assertThat(sent).succeedsWithin(Duration.ZERO);
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }
}
