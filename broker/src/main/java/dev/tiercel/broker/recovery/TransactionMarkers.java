package dev.tiercel.broker.recovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.BootstrapConfiguration;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;
import org.apache.kafka.server.common.TransactionVersion;

/// Writes the markers that end transactions, with the request that Kafka's coordinator uses: the public clients can
/// only write abort markers.
final class TransactionMarkers {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

    private TransactionMarkers() {}

    /// Ends one transaction in its partition and returns the last response. Retries retriable errors until `timeout`: a
    /// group coordinator that is still loading its partition of `__consumer_offsets` accepts no marker for it. The
    /// partition's leader rejects the marker if the producer has begun another transaction there in the meantime
    /// (KIP-1228: the epoch of a marker must be higher than that of the records).
    static Errors write(Map<String, String> client, OpenTransaction open, TransactionOutcome outcome, Duration timeout)
            throws IOException, InterruptedException {
        TxnMarkerEntry marker = new TxnMarkerEntry(
                open.producerId(),
                outcome.markerEpoch(),
                open.coordinatorEpoch(),
                outcome.committed() ? TransactionResult.COMMIT : TransactionResult.ABORT,
                List.of(open.partition()),
                TransactionVersion.TV_2.featureLevel());
        WriteTxnMarkersRequest.Builder request = new WriteTxnMarkersRequest.Builder(List.of(marker));
        long deadline = System.nanoTime() + timeout.toNanos();
        Errors response = send(client, request);
        while (response.exception() instanceof RetriableException && System.nanoTime() - deadline < 0) {
            Thread.sleep(RETRY_INTERVAL);
            response = send(client, request);
        }
        return response;
    }

    /// One connection for each request; Kafka's own client logs in.
    private static Errors send(Map<String, String> client, WriteTxnMarkersRequest.Builder request) throws IOException {
        try (NetworkClient connection = connection(new AdminClientConfig(client))) {
            Node broker = broker(client);
            if (!NetworkClientUtils.awaitReady(connection, broker, Time.SYSTEM, TIMEOUT.toMillis())) {
                throw new IOException("no connection to " + broker);
            }
            ClientRequest sent = connection.newClientRequest(
                    broker.idString(), request, Time.SYSTEM.milliseconds(), true, (int) TIMEOUT.toMillis(), null);
            AbstractResponse response = NetworkClientUtils.sendAndReceive(connection, sent, Time.SYSTEM)
                    .responseBody();
            return response.errorCounts().keySet().iterator().next(); // one marker, one partition
        }
    }

    private static Node broker(Map<String, String> client) {
        String address = client.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
        int colon = address.lastIndexOf(':');
        return new Node(0, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static NetworkClient connection(AdminClientConfig settings) {
        LogContext log = new LogContext("[transaction markers] ");
        Selector selector = new Selector(
                TIMEOUT.toMillis(),
                new Metrics(),
                Time.SYSTEM,
                "transaction-markers",
                ClientUtils.createChannelBuilder(settings, Time.SYSTEM, log),
                log);
        return new NetworkClient(
                selector,
                new ManualMetadataUpdater(),
                "tiercel-broker",
                1,
                0,
                0,
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                (int) TIMEOUT.toMillis(),
                TIMEOUT.toMillis(),
                TIMEOUT.toMillis(),
                Time.SYSTEM,
                false, // the broker is of this version
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE,
                BootstrapConfiguration.DISABLED,
                false);
    }
}
