package dev.tiercel.broker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.apache.kafka.server.common.TransactionVersion;

/// Writes the markers that end transactions, by the request with which Kafka's coordinator does: the
/// public clients can write those of aborts only.
final class TransactionMarkers {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private TransactionMarkers() {}

    /// Ends one transaction in its partition. The partition's leader refuses the marker if the producer
    /// has begun another one there meanwhile (KIP-1228: a marker must be of a later epoch than the
    /// records).
    static Errors write(int port, OpenTransaction open, Ending ending) throws IOException {
        TxnMarkerEntry marker = new TxnMarkerEntry(
                open.producerId(),
                ending.markerEpoch(),
                open.coordinatorEpoch(),
                ending.committed() ? TransactionResult.COMMIT : TransactionResult.ABORT,
                List.of(open.partition()),
                TransactionVersion.TV_2.featureLevel());
        WriteTxnMarkersRequest request =
                new WriteTxnMarkersRequest.Builder(List.of(marker)).build(ApiKeys.WRITE_TXN_MARKERS.latestVersion());
        return send(port, request).errorCounts().keySet().iterator().next(); // one marker, one partition
    }

    private static WriteTxnMarkersResponse send(int port, WriteTxnMarkersRequest request) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "tiercel-broker", 1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            ByteBuffer sent = request.serializeWithHeader(header);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(sent.remaining());
            out.write(sent.array(), sent.arrayOffset() + sent.position(), sent.remaining());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteBuffer received = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            return (WriteTxnMarkersResponse) AbstractResponse.parseResponse(received, header);
        }
    }
}
