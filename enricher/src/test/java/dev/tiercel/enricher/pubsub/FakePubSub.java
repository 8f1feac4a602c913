package dev.tiercel.enricher.pubsub;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberImplBase;
import io.grpc.Context;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Pub/Sub's service of one subscription, `projects/project/subscriptions/audit`: at least once, with deadlines.
final class FakePubSub extends SubscriberImplBase implements ServerInterceptor, AutoCloseable {
    static final SubscriptionName NAME = SubscriptionName.parse("pubsub://project/audit");

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final long WAIT_MILLIS = 200;

    private final long deadlineNanos;
    private final Server server;
    private final String scheme;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Message> leased = new LinkedHashMap<>();
    private @Nullable Status refusal;
    private String authorization = "";
    private long number;
    private int extended;

    private static final class Message {
        private final ByteString data;
        private long visibleAt = System.nanoTime();

        Message(byte[] data) {
            this.data = ByteString.copyFrom(data);
        }

        boolean visible() {
            return System.nanoTime() - visibleAt >= 0;
        }
    }

    FakePubSub(Duration deadline) throws IOException {
        this(deadline, InsecureServerCredentials.create(), "http");
    }

    FakePubSub(Duration deadline, ServerCredentials credentials, String scheme) throws IOException {
        deadlineNanos = deadline.toNanos();
        this.scheme = scheme;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                .addService(this)
                .intercept(this)
                .build()
                .start();
    }

    PubSubConfig config() {
        return new PubSubConfig(Optional.empty(), Optional.of(uri()));
    }

    URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getPort());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        synchronized (this) {
            authorization = Objects.requireNonNullElse(headers.get(AUTHORIZATION), "");
        }
        return next.startCall(call, headers);
    }

    synchronized void publish(byte[] data) {
        messages.add(new Message(data));
        notifyAll();
    }

    /// What all calls are answered with; null: no more.
    synchronized void refuse(@Nullable Status status) {
        refusal = status;
    }

    /// Messages that are not acknowledged.
    synchronized int unacknowledged() {
        return messages.size();
    }

    /// How often deadlines were extended.
    synchronized int extended() {
        return extended;
    }

    /// Of the last call.
    synchronized String authorization() {
        return authorization;
    }

    private interface Call<A> {
        A answer() throws InterruptedException;
    }

    private synchronized <A> void answer(String subscription, StreamObserver<A> to, Call<A> call) {
        try {
            Status status = NAME.resource().equals(subscription) ? refusal : Status.NOT_FOUND;
            if (status != null) {
                to.onError(status.asRuntimeException());
                return;
            }
            A answer = call.answer();
            to.onNext(answer);
            to.onCompleted();
        } catch (InterruptedException stopped) {
            to.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    @Override
    public void pull(PullRequest request, StreamObserver<PullResponse> to) {
        answer(request.getSubscription(), to, () -> pull(request.getMaxMessages()));
    }

    private PullResponse pull(int most) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (messages.stream().noneMatch(Message::visible) && end - System.nanoTime() > 0) {
            wait(WAIT_MILLIS);
        }
        PullResponse.Builder response = PullResponse.newBuilder();
        if (Context.current().isCancelled()) return response.build();
        messages.stream()
                .filter(Message::visible)
                .limit(most)
                .forEach(message -> response.addReceivedMessages(lease(message)));
        return response.build();
    }

    private ReceivedMessage lease(Message message) {
        message.visibleAt = System.nanoTime() + deadlineNanos;
        String id = "ack-" + number++;
        leased.put(id, message);
        PubsubMessage content = PubsubMessage.newBuilder()
                .setData(message.data)
                .setMessageId(id)
                .build();
        return ReceivedMessage.newBuilder().setAckId(id).setMessage(content).build();
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> to) {
        answer(request.getSubscription(), to, () -> {
            request.getAckIdsList().forEach(id -> messages.remove(leased.remove(id)));
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> to) {
        answer(request.getSubscription(), to, () -> {
            long visibleAt = System.nanoTime()
                    + Duration.ofSeconds(request.getAckDeadlineSeconds()).toNanos();
            request.getAckIdsList().stream()
                    .map(leased::get)
                    .filter(Objects::nonNull)
                    .forEach(message -> message.visibleAt = visibleAt);
            extended++;
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
