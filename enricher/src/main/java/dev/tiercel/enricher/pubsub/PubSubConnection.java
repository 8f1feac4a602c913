package dev.tiercel.enricher.pubsub;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.WorkerPool;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.auth.MoreCallCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to Pub/Sub, opened at first use, and anew with the credentials that are then there after [#reset].
/// Thread-safe.
final class PubSubConnection implements AutoCloseable {
    private static final URI GOOGLE = URI.create("https://pubsub.googleapis.com");
    private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

    /// A pull is answered with 10 MB at most.
    private static final int MOST_BYTES = 16 << 20;

    /// What Google allows; finds out that the network swallows what is sent.
    private static final int PING_MINUTES = 5;

    private static final int HTTPS = 443;

    private final PubSubConfig config;
    private final ChannelCredentials tls;
    private final WorkerPool workers = WorkerPool.perTask("pubsub");
    private @Nullable ManagedChannel channel;

    PubSubConnection(PubSubConfig config) {
        this(config, TlsChannelCredentials.create());
    }

    /// @param tls how the server is known
    PubSubConnection(PubSubConfig config, ChannelCredentials tls) {
        this.config = config;
        this.tls = tls;
    }

    /// @throws OriginException if there are no credentials
    SubscriberBlockingStub stub() throws OriginException {
        return SubscriberGrpc.newBlockingStub(channel());
    }

    private synchronized ManagedChannel channel() throws OriginException {
        ManagedChannel current = channel;
        if (current == null) {
            current = open(config.endpoint().orElse(GOOGLE));
            channel = current;
        }
        return current;
    }

    private ManagedChannel open(URI server) throws OriginException {
        boolean encrypted = server.getScheme().equals("https");
        ChannelCredentials credentials = encrypted
                ? CompositeChannelCredentials.create(
                        tls, MoreCallCredentials.from(credentials().createScoped(SCOPE)))
                : InsecureChannelCredentials.create();
        int port = server.getPort() < 0 ? HTTPS : server.getPort();
        return Grpc.newChannelBuilderForAddress(server.getHost(), port, credentials)
                .executor(workers)
                .maxInboundMessageSize(MOST_BYTES)
                .keepAliveTime(PING_MINUTES, TimeUnit.MINUTES)
                .build();
    }

    private GoogleCredentials credentials() throws OriginException {
        String where = config.credentials().map(Object::toString).orElse("this machine");
        try {
            if (config.credentials().isEmpty()) return GoogleCredentials.getApplicationDefault();
            try (InputStream file = Files.newInputStream(config.credentials().get())) {
                return GoogleCredentials.fromStream(file);
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw new OriginException(
                    "no credentials for Google from %s: %s; name a file with them in enricher.pubsub.credentials-file or GOOGLE_APPLICATION_CREDENTIALS"
                            .formatted(where, PlainCause.of(failure)),
                    failure);
        }
    }

    /// The next use reads the credentials again.
    synchronized void reset() {
        ManagedChannel current = channel;
        channel = null;
        if (current != null) current.shutdownNow();
    }

    @Override
    public void close() {
        reset();
        workers.close();
    }
}
