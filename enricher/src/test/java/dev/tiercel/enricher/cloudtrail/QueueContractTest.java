package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// A queue that is told of each object that CloudTrail puts into a bucket.
class QueueContractTest extends SourceContract {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Override
    protected Origin origin(String name) throws Exception {
        return new Notified(name, new S3Store(folder), new Queues());
    }

    /// Queues do not keep an order.
    @Override
    protected boolean isOrdered() {
        return false;
    }

    @SuppressWarnings("try")
    private static final class Notified implements Origin {
        private final String name;
        private final S3Store store;
        private final Queues queues;
        private int number;

        Notified(String name, S3Store store, Queues queues) {
            this.name = name;
            this.store = store;
            this.queues = queues;
        }

        @Override
        public Source source(Publisher publisher) {
            AwsClients clients = new AwsClients(store.config(Optional.of(queues.uri())));
            MessageQueue queue = new MessageQueue(clients.sqs(Queues.QUEUE), Queues.QUEUE, WAIT, Duration.ofSeconds(2));
            return new PolledSource(
                    "cloudtrail=" + name, "aws_cloudtrail", publisher, new QueuePoll(name, queue, clients.s3()));
        }

        private void put(byte[] file) {
            String key = "a folder/ä+%06d.json.gz".formatted(number++);
            store.put(key, file);
            queues.send("""
                    {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                     "s3": {"bucket": {"name": "trail"}, "object": {"key": "%s"}}}]}""".formatted(URLEncoder.encode(key, UTF_8)));
        }

        @Override
        public void add(List<String> ids, int length) throws IOException {
            put(S3Store.file(ids, length));
        }

        @Override
        public void addMalformed(String text) {
            queues.send("no notification: " + text);
        }

        @Override
        public void close() {
            queues.close();
            store.close();
        }
    }
}
