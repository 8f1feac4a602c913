package dev.tiercel.broker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.Clients;
import dev.tiercel.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Recreates the fault by hand: a marker is cut off its partition while the broker is down, so that a transaction is
/// complete for the coordinator and open for the partition.
@Timeout(120)
class HangingTransactionsTest {
    private static final TopicPartition THINGS = new TopicPartition("things", 0);
    private static final TopicPartition OTHERS = new TopicPartition("others", 0);
    private static final String GROUP = "readers";

    @TempDir
    Path directory;

    private StoppedBroker stopped;

    @BeforeEach
    void stopped() {
        stopped = new StoppedBroker(directory);
    }

    @Test
    void commitsWhatTheCoordinatorHadCommitted() throws Exception {
        try (EmbeddedBroker broker = startWithTopics();
                Producer<String, String> producer = Clients.producer(broker.bootstrapServers(), "id")) {
            producer.beginTransaction();
            Clients.send(producer, THINGS, "thing");
            producer.sendOffsetsToTransaction(
                    Map.of(THINGS, new OffsetAndMetadata(7)), Clients.group(broker.bootstrapServers(), GROUP));
            producer.commitTransaction();
            commit(broker, producer, OTHERS, "other");
        }
        stopped.cutMarker(THINGS);
        stopped.cutMarker(written(Topic.GROUP_METADATA_TOPIC_NAME));
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("thing");
            assertThat(offsetsOfTheGroup(broker)).containsExactly(Map.entry(THINGS, new OffsetAndMetadata(7)));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("thing");
        }
    }

    @Test
    void abortsWhatTheCoordinatorHadAborted() throws Exception {
        try (EmbeddedBroker broker = startWithTopics();
                Producer<String, String> producer = Clients.producer(broker.bootstrapServers(), "id")) {
            producer.beginTransaction();
            Clients.send(producer, THINGS, "aborted");
            producer.abortTransaction();
            commit(broker, producer, OTHERS, "other");
        }
        stopped.cutMarker(THINGS);
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0);
                Producer<String, String> another = Clients.producer(broker.bootstrapServers(), "another")) {
            commit(broker, another, THINGS, "thing");
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("thing");
        }
    }

    /// Kafka may then write the marker itself, or forget it: in the end the marker is there either way.
    @Test
    void waitsForTheCoordinatorToCompletePreparedTransactions() throws Exception {
        commitAndStop();
        stopped.cutMarker(THINGS);
        stopped.cutLast(written(Topic.TRANSACTION_STATE_TOPIC_NAME));
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            assertThat(Clients.committed(broker.bootstrapServers(), THINGS, 1)).containsExactly("thing");
        }
    }

    @Test
    void leavesAnOngoingTransactionToItsProducer() throws Exception {
        EmbeddedBroker first = startWithTopics();
        try (first;
                Producer<String, String> producer = Clients.producer(first.bootstrapServers(), "id")) {
            producer.beginTransaction();
            Clients.send(producer, THINGS, "before the stop");
            first.close();
            try (EmbeddedBroker second = EmbeddedBroker.startInsecure(directory, first.port())) {
                Clients.send(producer, THINGS, "after the start");
                producer.commitTransaction();
                assertThat(Clients.committed(second.bootstrapServers(), THINGS, 2))
                        .containsExactly("before the stop", "after the start");
            }
        }
    }

    @Test
    void leavesWhatTheCoordinatorHasForgottenToTheOperator() throws Exception {
        commitAndStop();
        stopped.cutMarker(THINGS);
        stopped.empty(written(Topic.TRANSACTION_STATE_TOPIC_NAME));
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0);
                Admin admin = Clients.admin(broker.bootstrapServers())) {
            assertThat(open(admin)).hasSize(1);
            OpenTransaction left = open(admin).iterator().next();
            admin.abortTransaction(new AbortTransactionSpec(
                            THINGS, left.producerId(), left.producerEpoch(), left.coordinatorEpoch()))
                    .all()
                    .get();
            assertThat(open(admin)).isEmpty();
        }
    }

    private void commitAndStop() throws Exception {
        try (EmbeddedBroker broker = startWithTopics();
                Producer<String, String> producer = Clients.producer(broker.bootstrapServers(), "id")) {
            commit(broker, producer, THINGS, "thing");
            awaitComplete(broker, "id");
        }
    }

    private EmbeddedBroker startWithTopics() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0);
        Clients.createTopic(broker.bootstrapServers(), THINGS.topic(), 1);
        Clients.createTopic(broker.bootstrapServers(), OTHERS.topic(), 1);
        return broker;
    }

    /// Commits a transaction and returns when its marker is written.
    private static void commit(
            EmbeddedBroker broker, Producer<String, String> producer, TopicPartition partition, String value)
            throws Exception {
        producer.beginTransaction();
        Clients.send(producer, partition, value);
        producer.commitTransaction();
        assertThat(Clients.committed(broker.bootstrapServers(), partition, 1)).containsExactly(value);
    }

    private static void awaitComplete(EmbeddedBroker broker, String transactionalId) throws Exception {
        try (Admin admin = Clients.admin(broker.bootstrapServers())) {
            TransactionState state = null;
            while (state != TransactionState.COMPLETE_COMMIT) {
                state = admin.describeTransactions(List.of(transactionalId))
                        .description(transactionalId)
                        .get()
                        .state();
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsetsOfTheGroup(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Clients.admin(broker.bootstrapServers())) {
            return admin.listConsumerGroupOffsets(GROUP, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    private static Set<OpenTransaction> open(Admin admin) throws Exception {
        return OpenTransaction.of(admin.describeProducers(List.of(THINGS)).all().get());
    }

    /// The one partition of an internal topic that has records.
    private TopicPartition written(String topic) throws Exception {
        for (int partition : IntStream.range(0, 3).toArray()) {
            TopicPartition candidate = new TopicPartition(topic, partition);
            if (!stopped.isEmpty(candidate)) return candidate;
        }
        throw new IllegalStateException(topic + " is empty");
    }
}
