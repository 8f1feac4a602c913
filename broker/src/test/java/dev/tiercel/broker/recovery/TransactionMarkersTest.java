package dev.tiercel.broker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a server with scripted responses, one connection each.
@Timeout(30)
class TransactionMarkersTest {
    private static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 1);
    private static final OpenTransaction OPEN = new OpenTransaction(OFFSETS, 7, (short) 0, 0, 0);

    @Test
    void retriesWhileTheLeaderIsLoading() throws Exception {
        assertThat(lastResponse(
                        Duration.ofSeconds(20), Errors.NOT_LEADER_OR_FOLLOWER, Errors.NOT_COORDINATOR, Errors.NONE))
                .isEqualTo(Errors.NONE);
    }

    @Test
    void doesNotRetryARejection() throws Exception {
        assertThat(lastResponse(Duration.ofSeconds(20), Errors.INVALID_PRODUCER_EPOCH))
                .isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
    }

    @Test
    void givesUpAfterTheTimeout() throws Exception {
        assertThat(lastResponse(Duration.ZERO, Errors.NOT_LEADER_OR_FOLLOWER)).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    }

    private static Errors lastResponse(Duration timeout, Errors... answers) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> serve(server, List.of(answers)));
            Errors last = TransactionMarkers.write(
                    server.getLocalPort(), OPEN, new TransactionOutcome(true, (short) 1), timeout);
            serving.join(); // every scripted response was requested
            return last;
        }
    }

    private static void serve(ServerSocket server, List<Errors> answers) {
        for (Errors answer : answers) {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                RequestHeader header = RequestHeader.parse(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                ResponseHeader reply = header.toResponseHeader();
                WriteTxnMarkersResponse response = new WriteTxnMarkersResponse(Map.of(7L, Map.of(OFFSETS, answer)));
                ByteBuffer bytes = RequestUtils.serialize(
                        reply.data(), reply.headerVersion(), response.data(), header.apiVersion());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(bytes.remaining());
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
