package dev.tiercel.broker.recovery;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
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
    static Errors write(int port, OpenTransaction open, TransactionOutcome outcome, Duration timeout)
            throws IOException, InterruptedException {
        TxnMarkerEntry marker = new TxnMarkerEntry(
                open.producerId(),
                outcome.markerEpoch(),
                open.coordinatorEpoch(),
                outcome.committed() ? TransactionResult.COMMIT : TransactionResult.ABORT,
                List.of(open.partition()),
                TransactionVersion.TV_2.featureLevel());
        WriteTxnMarkersRequest request =
                new WriteTxnMarkersRequest.Builder(List.of(marker)).build(ApiKeys.WRITE_TXN_MARKERS.latestVersion());
        long deadline = System.nanoTime() + timeout.toNanos();
        Errors response = send(port, request);
        while (response.exception() instanceof RetriableException && System.nanoTime() - deadline < 0) {
            Thread.sleep(RETRY_INTERVAL);
            response = send(port, request);
        }
        return response;
    }

    private static Errors send(int port, WriteTxnMarkersRequest request) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "tiercel-broker", 1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            ByteBuffer sent = request.serializeWithHeader(header);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(sent.remaining());
            out.write(sent.array(), sent.arrayOffset() + sent.position(), sent.remaining());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteBuffer received = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            AbstractResponse response = AbstractResponse.parseResponse(received, header);
            return response.errorCounts().keySet().iterator().next(); // one marker, one partition
        }
    }
}
