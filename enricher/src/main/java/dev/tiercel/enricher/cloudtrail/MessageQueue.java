package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/// A queue of SQS. What was received stays invisible to others until it is deleted or released, however long that
/// takes. One thread at a time, except for [#close].
final class MessageQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final int MOST_MESSAGES = 10;

    private final SqsClient sqs;
    private final String queue;
    private final Duration wait;
    private final Duration invisible;
    private final Set<Message> held = ConcurrentHashMap.newKeySet();
    private final Worker keeper = new Worker("enricher-sqs-visibility", CLOSE_LIMIT);
    private @Nullable String url;

    /// @param queue     its name, or its URL without the scheme
    /// @param wait      for messages; the client cannot be interrupted while it waits
    /// @param invisible for how long messages are held; extended in time
    MessageQueue(SqsClient sqs, String queue, Duration wait, Duration invisible) {
        this.sqs = sqs;
        this.queue = queue;
        this.wait = wait;
        this.invisible = invisible;
    }

    /// The next messages, waiting for some time; perhaps none.
    List<Message> receive() throws OriginException {
        try {
            String address = url();
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(address)
                            .maxNumberOfMessages(MOST_MESSAGES)
                            .waitTimeSeconds((int) wait.toSeconds())
                            .visibilityTimeout((int) invisible.toSeconds()))
                    .messages();
            held.addAll(messages);
            return messages;
        } catch (SdkException failure) {
            throw failed("receive from", "sqs:ReceiveMessage", failure);
        }
    }

    /// Also begins to hold what will be received.
    private String url() {
        String known = url;
        if (known == null) {
            known = queue.contains("/")
                    ? "https://" + queue
                    : sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
            url = known;
            String address = known;
            keeper.start(() -> hold(address));
        }
        return known;
    }

    /// These are done with.
    void delete(Collection<Message> messages) throws OriginException {
        if (messages.isEmpty()) return;
        List<Message> list = List.copyOf(messages);
        try {
            DeleteMessageBatchResponse answer = sqs.deleteMessageBatch(request -> request.queueUrl(url())
                    .entries(list.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(String.valueOf(list.indexOf(message)))
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
            if (answer.hasFailed() && !answer.failed().isEmpty()) {
                LOG.debug("{} messages of {} come again", answer.failed().size(), queue);
            }
        } catch (SdkException failure) {
            throw failed("delete messages of", "sqs:DeleteMessage", failure);
        } finally {
            messages.forEach(held::remove);
        }
    }

    /// What is left comes again after a while.
    void release() {
        held.clear();
    }

    private OriginException failed(String action, String right, SdkException failure) {
        return AwsFailures.of("cannot %s sqs://%s".formatted(action, queue), right, failure);
    }

    private void hold(String address) throws InterruptedException {
        while (!keeper.closing()) {
            TimeUnit.MILLISECONDS.sleep(invisible.toMillis() / 3);
            List<Message> messages = List.copyOf(held);
            for (int from = 0; from < messages.size(); from += MOST_MESSAGES) {
                extend(address, messages.subList(from, Math.min(messages.size(), from + MOST_MESSAGES)));
            }
        }
    }

    private void extend(String address, List<Message> messages) {
        try {
            sqs.changeMessageVisibilityBatch(request -> request.queueUrl(address)
                    .entries(messages.stream()
                            .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                    .id(String.valueOf(messages.indexOf(message)))
                                    .receiptHandle(message.receiptHandle())
                                    .visibilityTimeout((int) invisible.toSeconds())
                                    .build())
                            .toList()));
        } catch (SdkException failure) {
            LOG.warn("messages of sqs://{} may come again: {}", queue, failure.getMessage());
        }
    }

    @Override
    public void close() {
        keeper.close();
        sqs.close();
    }
}
