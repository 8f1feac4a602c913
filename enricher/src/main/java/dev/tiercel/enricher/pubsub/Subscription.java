package dev.tiercel.enricher.pubsub;

import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.Worker;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A subscription of Pub/Sub. What was pulled is nobody else's until it is acknowledged or released, however long that
/// takes. One thread at a time, except for [#close].
final class Subscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    /// Their ids fit into one request.
    private static final int MOST_MESSAGES = 1_000;

    /// Of a pulled message the deadline is the subscription's, which may be a third of the one asked for here.
    private static final int LOOKS = 10;

    private final PubSubConnection connection;
    private final SubscriptionName name;
    private final Duration lease;
    private final Worker keeper = new Worker("enricher-pubsub-deadlines", CLOSE_LIMIT);
    private volatile List<String> held = List.of();
    private boolean keeping;

    /// @param lease for how long messages are held, whole seconds; extended in time
    Subscription(PubSubConnection connection, SubscriptionName name, Duration lease) {
        this.connection = connection;
        this.name = name;
        this.lease = lease;
    }

    /// The next messages; none if none come for some time.
    List<ReceivedMessage> receive() throws OriginException {
        PullRequest request = PullRequest.newBuilder()
                .setSubscription(name.resource())
                .setMaxMessages(MOST_MESSAGES)
                .build();
        try {
            List<ReceivedMessage> messages = stub().pull(request).getReceivedMessagesList();
            hold(messages);
            return messages;
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) return List.of();
            throw failed("pull from", failure);
        }
    }

    private SubscriberBlockingStub stub() throws OriginException {
        return connection.stub().withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void hold(List<ReceivedMessage> messages) {
        held = ids(messages);
        if (!keeping) keeper.start(this::keep);
        keeping = true;
    }

    private static List<String> ids(List<ReceivedMessage> messages) {
        return messages.stream().map(ReceivedMessage::getAckId).toList();
    }

    /// These are done with.
    void acknowledge(List<ReceivedMessage> messages) throws OriginException {
        if (messages.isEmpty()) return;
        AcknowledgeRequest request = AcknowledgeRequest.newBuilder()
                .setSubscription(name.resource())
                .addAllAckIds(ids(messages))
                .build();
        try {
            var _ = stub().acknowledge(request);
        } catch (StatusRuntimeException failure) {
            throw failed("acknowledge messages of", failure);
        }
    }

    /// What is not acknowledged comes again after a while.
    void release() {
        held = List.of();
    }

    private OriginException failed(String action, StatusRuntimeException failure) {
        if (PubSubFailures.isOfCredentials(failure)) connection.reset();
        return PubSubFailures.of(action, name, failure);
    }

    private void keep() throws InterruptedException {
        while (!keeper.closing()) {
            TimeUnit.MILLISECONDS.sleep(lease.toMillis() / LOOKS);
            List<String> ids = held;
            if (!ids.isEmpty()) extend(ids);
        }
    }

    private void extend(List<String> ids) {
        ModifyAckDeadlineRequest request = ModifyAckDeadlineRequest.newBuilder()
                .setSubscription(name.resource())
                .addAllAckIds(ids)
                .setAckDeadlineSeconds((int) lease.toSeconds())
                .build();
        try {
            var _ = stub().modifyAckDeadline(request);
        } catch (StatusRuntimeException failure) {
            LOG.warn(
                    "messages may come again: {}",
                    failed("extend the deadline of", failure).getMessage());
        } catch (OriginException failure) {
            LOG.warn("messages may come again: {}", failure.getMessage());
        }
    }

    @Override
    public void close() {
        keeper.close();
        connection.close();
    }
}
