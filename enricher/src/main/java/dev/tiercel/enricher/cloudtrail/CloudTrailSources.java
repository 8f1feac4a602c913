package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;

/// Makes sources that read CloudTrail from AWS.
public final class CloudTrailSources {
    private static final String BUCKET = "s3://";
    private static final String QUEUE = "sqs://";

    /// Also how long a stop may take.
    private static final Duration WAIT = Duration.ofSeconds(5);

    private static final Duration INVISIBLE = Duration.ofMinutes(2);

    private final CloudTrailConfig config;
    private final Publisher publisher;

    public CloudTrailSources(CloudTrailConfig config, Publisher publisher) {
        this.config = config;
        this.publisher = publisher;
    }

    /// Whether an address is one of those that [#of] takes.
    public static boolean reads(String address) {
        return address.startsWith(BUCKET) || address.startsWith(QUEUE);
    }

    /// The source for `s3://bucket/prefix`, `sqs://name` or `sqs://sqs.region.amazonaws.com/account/name`.
    ///
    /// @param name names the source in logs, metrics and progress
    /// @throws IllegalArgumentException if a client cannot be made, with a message for users
    public Source of(String name, String address) {
        try {
            return new PolledSource(name, CloudTrailFormat.EVENT_SOURCE, publisher, poll(name, address));
        } catch (SdkException refused) {
            throw new IllegalArgumentException(name + ": " + refused.getMessage(), refused);
        }
    }

    private PolledSource.Poll poll(String name, String address) {
        AwsClients clients = new AwsClients(config);
        if (address.startsWith(BUCKET)) {
            return new BucketPoll(name, address.substring(BUCKET.length()), clients.s3(), config);
        }
        String queue = address.substring(QUEUE.length());
        MessageQueue messages = new MessageQueue(clients.sqs(queue), queue, WAIT, INVISIBLE);
        return new QueuePoll(name, messages, clients.s3());
    }
}
