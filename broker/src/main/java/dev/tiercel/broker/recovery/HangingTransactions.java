package dev.tiercel.broker.recovery;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the transactions that a restart of Kafka 4.3.1 leaves hanging (KAFKA-20734): a coordinator that loads while a
/// partition has no leader yet takes the partition for deleted, writes no marker there, and considers the transaction
/// complete. Consumers that read committed records are then stuck at it until its producer ends its next transaction in
/// that partition.
///
/// Commits what the coordinator's log shows as committed, and aborts what it shows as aborted. An ongoing transaction
/// is left to its client; one that the log does not explain is left to the operator.
public final class HangingTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final Admin admin;
    private final Map<String, String> client;

    private HangingTransactions(Admin admin, Map<String, String> client) {
        this.admin = admin;
        this.client = client;
    }

    /// Checks all partitions of a broker. A failure is only logged: the broker works without.
    ///
    /// @param client settings of a Kafka client that may do anything there: address and security
    public static void end(Map<String, String> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tiercel-broker");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        try (Admin admin = Admin.create(settings)) {
            new HangingTransactions(admin, client).endAll();
        } catch (ExecutionException | IOException | RuntimeException e) {
            LOG.warn("cannot look for hanging transactions; read_committed consumers may be stuck", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endAll() throws ExecutionException, InterruptedException, IOException {
        Set<OpenTransaction> open = openButNotOngoing();
        if (open.isEmpty()) return;
        try (TransactionLogReader log = new TransactionLogReader(client)) {
            TransactionOutcomes outcomes = awaitOutcomes(open, log);
            open.retainAll(open()); // the coordinator may have written some of the markers meanwhile
            for (OpenTransaction transaction : open) end(transaction, outcomes);
        }
    }

    /// Waits for the coordinator, which either ends the prepared transactions itself or forgets them now.
    private static TransactionOutcomes awaitOutcomes(Set<OpenTransaction> open, TransactionLogReader log)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            TransactionOutcomes outcomes = log.read(TIMEOUT);
            if (open.stream().noneMatch(outcomes::isPrepared)) return outcomes;
            if (System.nanoTime() > deadline) {
                LOG.warn("the coordinator has not completed these transactions within {}: {}", TIMEOUT, open);
                return outcomes;
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private Set<OpenTransaction> openButNotOngoing() throws ExecutionException, InterruptedException {
        Set<OpenTransaction> open = open();
        if (open.isEmpty()) return open;
        Map<Long, TransactionDescription> known = describe(open);
        open.removeIf(transaction -> isOngoing(transaction, known.get(transaction.producerId())));
        return open;
    }

    private Set<OpenTransaction> open() throws ExecutionException, InterruptedException {
        ListTopicsOptions all = new ListTopicsOptions().listInternal(true);
        Set<String> topics = admin.listTopics(all).names().get();
        topics.remove(Topic.TRANSACTION_STATE_TOPIC_NAME); // never written in a transaction
        Set<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(HangingTransactions::partitions)
                .collect(Collectors.toSet());
        return OpenTransaction.of(admin.describeProducers(partitions).all().get());
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return IntStream.range(0, topic.partitions().size())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }

    /// The coordinator's view of these producers, by id; without those it has forgotten.
    private Map<Long, TransactionDescription> describe(Set<OpenTransaction> open)
            throws ExecutionException, InterruptedException {
        Set<Long> producers = open.stream().map(OpenTransaction::producerId).collect(Collectors.toSet());
        ListTransactionsOptions ofThese = new ListTransactionsOptions().filterProducerIds(producers);
        Set<String> ids = admin.listTransactions(ofThese).all().get().stream()
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
        return admin.describeTransactions(ids).all().get().values().stream()
                .collect(Collectors.toMap(TransactionDescription::producerId, Function.identity(), (one, _) -> one));
    }

    private static boolean isOngoing(OpenTransaction open, @Nullable TransactionDescription known) {
        return known != null
                && known.state() == TransactionState.ONGOING
                && known.producerEpoch() == open.producerEpoch()
                && known.topicPartitions().contains(open.partition());
    }

    private void end(OpenTransaction open, TransactionOutcomes outcomes) throws IOException, InterruptedException {
        Optional<TransactionOutcome> outcome = outcomes.of(open);
        if (outcome.isPresent()) write(open, outcome.get());
        else if (!outcomes.isOngoing(open)) leave(open);
    }

    private void write(OpenTransaction open, TransactionOutcome outcome) throws IOException, InterruptedException {
        String marker = outcome.committed() ? "commit" : "abort";
        Errors error = TransactionMarkers.write(client, open, outcome, TIMEOUT);
        if (error == Errors.NONE) {
            LOG.warn("wrote the {} marker that Kafka had lost: {}", marker, open);
        } else {
            LOG.warn("the {} marker that Kafka had lost was rejected with {}: {}", marker, error, open);
        }
    }

    private void leave(OpenTransaction open) {
        LOG.warn(
                "a transaction is hanging and the coordinator's log does not show how it ended: {}; read_committed"
                        + " consumers are stuck there until it is ended by hand: kafka-transactions.sh"
                        + " --bootstrap-server {} abort --topic {} --partition {} --start-offset {}",
                open,
                client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                open.partition().topic(),
                open.partition().partition(),
                open.startOffset());
    }
}
