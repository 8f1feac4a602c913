package dev.tiercel.enricher.cloudtrail;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// An SQS server with one queue: `notifications`.
final class Queues implements AutoCloseable {
    static final String QUEUE = "notifications";

    private final SQSRestServer server;
    private final URI uri;
    private final SqsClient client;
    private final String url;

    Queues() {
        server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start();
        uri = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        client = SqsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .build();
        url = client.createQueue(request -> request.queueName(QUEUE)).queueUrl();
    }

    URI uri() {
        return uri;
    }

    /// A client of this server; closed by the caller.
    SqsClient client() {
        return client;
    }

    void send(String body) {
        client.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    /// Messages that are waiting, or are being read.
    int size() {
        Map<QueueAttributeName, String> counts = client.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }

    /// Makes messages that are being read visible again, as after their time is over.
    void receiveAgain(List<String> handles) {
        handles.forEach(handle -> client.changeMessageVisibility(
                request -> request.queueUrl(url).receiptHandle(handle).visibilityTimeout(0)));
    }

    /// Does not wait for the server to end, which waits for long polls that nobody reads any more.
    @Override
    public void close() {
        client.close();
        var _ = server.stopAndGetFuture();
    }
}
