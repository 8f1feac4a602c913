package dev.tiercel.broker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.broker.EmbeddedBroker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    /// Users who are no administrators may not write markers.
    @Test
    void logsIn(@TempDir Path directory) throws Exception {
        BrokerAccess access = BrokerAccess.users(Map.of("owner", "one", "guest", "two"), Set.of("owner"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, access)) {
            TransactionOutcome commit = new TransactionOutcome(true, (short) 1);
            assertThat(TransactionMarkers.write(broker.clientSettings("owner"), OPEN, commit, Duration.ZERO))
                    .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
            assertThat(TransactionMarkers.write(broker.clientSettings("guest"), OPEN, commit, Duration.ZERO))
                    .isEqualTo(Errors.CLUSTER_AUTHORIZATION_FAILED);
        }
    }

    private static Errors lastResponse(Duration timeout, Errors... answers) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> serve(server, List.of(answers)));
            Errors last = TransactionMarkers.write(
                    Map.of("bootstrap.servers", "127.0.0.1:" + server.getLocalPort()),
                    OPEN,
                    new TransactionOutcome(true, (short) 1),
                    timeout);
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
