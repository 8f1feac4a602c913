package dev.tiercel.enricher.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource.Handover;
import dev.tiercel.enricher.source.PolledSource.Poll;
import dev.tiercel.enricher.source.Progress;
import dev.tiercel.enricher.source.Receipt;
import dev.tiercel.enricher.source.SourceFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Pulls messages and acknowledges them once Kafka has them; one that is no event is a dead letter. A subscription
/// knows by itself how far it was read.
final class PubSubPoll implements Poll {
    /// Pub/Sub holds a pull until there is something; this is for a server that does not.
    private static final Duration IDLE = Duration.ofMillis(200);

    private final Subscription subscription;
    private final SourceFormat format;

    PubSubPoll(Subscription subscription, SourceFormat format) {
        this.subscription = subscription;
        this.format = format;
    }

    @Override
    public void resume(Progress before) {
        // nothing to take note of
    }

    @Override
    public Duration ask(Handover handover) throws OriginException, InterruptedException {
        List<ReceivedMessage> messages = subscription.receive();
        try {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (ReceivedMessage message : messages) {
                Delivery delivery = delivery(message.getMessage().getData().toByteArray());
                if (!delivery.isEmpty()) receipts.add(handover.publish(delivery));
            }
            await(receipts);
            subscription.acknowledge(messages);
        } finally {
            subscription.release();
        }
        return messages.isEmpty() ? IDLE : Duration.ZERO;
    }

    private Delivery delivery(byte[] data) {
        Delivery delivery = new Delivery(format.eventSource());
        try {
            format.split(data, delivery);
            return delivery;
        } catch (MalformedException malformed) {
            Delivery letter = new Delivery(format.eventSource());
            letter.malformed(data, String.valueOf(malformed.getMessage()));
            return letter;
        }
    }

    private static void await(List<CompletableFuture<Receipt>> receipts) throws InterruptedException {
        for (CompletableFuture<Receipt> receipt : receipts) {
            try {
                receipt.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("not published", failed.getCause());
            }
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
