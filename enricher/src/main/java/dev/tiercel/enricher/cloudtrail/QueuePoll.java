package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.files.ObjectReader;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource.Handover;
import dev.tiercel.enricher.source.PolledSource.Poll;
import dev.tiercel.enricher.source.Progress;
import dev.tiercel.enricher.source.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.model.Message;

/// Reads what the messages of a queue name or contain. A message is deleted once Kafka has all of it; one that
/// cannot be read now comes again, by the queue's own rules; one that never can is a dead letter.
final class QueuePoll implements Poll {
    private final MessageQueue queue;
    private final S3Client s3;
    private final StoredObjects objects;
    private final RecentObjects recent;
    private final CloudTrailFormat format = new CloudTrailFormat();

    /// @param name names the source in its progress
    QueuePoll(String name, MessageQueue queue, S3Client s3) {
        this.queue = queue;
        this.s3 = s3;
        objects = new StoredObjects(s3, new ObjectReader(format));
        recent = new RecentObjects(name);
    }

    @Override
    public void resume(Progress before) {
        recent.resume(before);
    }

    @Override
    public Duration ask(Handover handover) throws OriginException, InterruptedException {
        List<Message> messages = queue.receive();
        Map<Message, CompletableFuture<Receipt>> read = new LinkedHashMap<>();
        OriginException failure = null;
        for (Message message : messages) {
            try {
                read.put(message, new MessageRead(message, handover).toEnd());
            } catch (OriginException unread) {
                failure = unread;
            }
        }
        await(read);
        queue.delete(read.keySet());
        queue.release();
        if (failure != null) throw failure;
        return Duration.ZERO;
    }

    private static void await(Map<Message, CompletableFuture<Receipt>> read) throws InterruptedException {
        for (CompletableFuture<Receipt> receipt : read.values()) {
            try {
                receipt.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("not published", failed.getCause());
            }
        }
    }

    /// One message being read; deliveries are committed in order, so the last receipt tells of all.
    private final class MessageRead {
        private final byte[] body;
        private final Handover handover;
        private CompletableFuture<Receipt> last = CompletableFuture.completedFuture(new Receipt(0, 0, 0));

        MessageRead(Message message, Handover handover) {
            body = message.body().getBytes(UTF_8);
            this.handover = handover;
        }

        CompletableFuture<Receipt> toEnd() throws OriginException, InterruptedException {
            try {
                Notification notification = Notification.parse(body);
                for (Notification.Named object : notification.objects()) {
                    if (!StoredObjects.isOther(object.key()) && !recent.isDone(object)) read(object);
                }
                if (notification.records().length > 0) split(notification.records());
            } catch (MalformedException malformed) {
                deadLetter(String.valueOf(malformed.getMessage()));
            }
            return last;
        }

        private void split(byte[] records) throws MalformedException, InterruptedException {
            Delivery delivery = new Delivery(format.eventSource());
            format.split(records, delivery);
            publish(delivery);
        }

        private void read(Notification.Named object) throws OriginException, InterruptedException {
            String name = "s3://" + object.bucket() + "/" + object.key();
            try {
                objects.read(object.bucket(), object.key(), recent.position(object), (delivery, position) -> {
                    recent.note(object, position, delivery);
                    publish(delivery);
                });
            } catch (NoSuchKeyException | NoSuchBucketException gone) {
                deadLetter(name + " is not there");
            } catch (SdkException failure) {
                throw AwsFailures.of("cannot read " + name, "s3:GetObject", failure);
            } catch (IOException failure) {
                throw AwsFailures.of("cannot read " + name, failure);
            }
        }

        private void deadLetter(String reason) throws InterruptedException {
            Delivery delivery = new Delivery(format.eventSource());
            delivery.malformed(body, reason);
            publish(delivery);
        }

        private void publish(Delivery delivery) throws InterruptedException {
            if (!delivery.isEmpty()) last = handover.publish(delivery);
        }
    }

    @Override
    public void close() {
        queue.close();
        s3.close();
    }
}
