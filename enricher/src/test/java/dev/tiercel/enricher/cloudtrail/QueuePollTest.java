package dev.tiercel.enricher.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/// What messages say, and when they are deleted.
class QueuePollTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final String name = TestBroker.unique("queue");
    private S3Store store;
    private Queues queues;
    private Publisher publisher;
    private @Nullable PolledSource source;

    @BeforeEach
    void open() throws Exception {
        store = new S3Store(folder);
        queues = new Queues();
        publisher = EventTopics.publisher(name);
        publisher.start();
    }

    @AfterEach
    void close() {
        if (source != null) source.close();
        publisher.close();
        queues.close();
        store.close();
    }

    private void start(Duration invisible) {
        AwsClients clients = new AwsClients(store.config(Optional.of(queues.uri())));
        MessageQueue queue = new MessageQueue(clients.sqs(Queues.QUEUE), Queues.QUEUE, WAIT, invisible);
        QueuePoll poll = new QueuePoll("cloudtrail=" + name, queue, clients.s3());
        start(new PolledSource("cloudtrail=" + name, "aws_cloudtrail", publisher, poll));
    }

    private void start(PolledSource made) {
        made.start();
        source = made;
    }

    private PolledSource source() {
        return Objects.requireNonNull(source);
    }

    private void put(String key, String id) throws IOException {
        store.put(key, S3Store.file(List.of(name + "-" + id), 10));
    }

    private String record(String id) {
        return S3Store.record(name + "-" + id, 10);
    }

    private static String s3(String event, String key) {
        return "{\"Records\":[{\"eventName\":\"%s\",\"s3\":{\"bucket\":{\"name\":\"trail\"},\"object\":{\"key\":\"%s\"}}}]}"
                .formatted(event, key);
    }

    private static String sns(String message) {
        return "{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:eu-west-1:1:t\",\"Message\":\"%s\"}"
                .formatted(message.replace("\"", "\\\""));
    }

    /// Returns once all messages are deleted.
    private List<String> read() {
        start(Duration.ofSeconds(20));
        while (queues.size() > 0) {
            Thread.onSpinWait();
        }
        return EventTopics.ids("aws_cloudtrail", name + "-").stream()
                .map(id -> id.substring(name.length() + 1))
                .sorted()
                .toList();
    }

    @Test
    void readsNotificationsOfAllKinds() throws IOException {
        for (String key : List.of("a", "b", "c", "d")) {
            put(key, key);
        }
        queues.send(s3("ObjectCreated:Put", "a"));
        queues.send(sns(s3("ObjectCreated:CompleteMultipartUpload", "b")));
        queues.send(
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{\"bucket\":{\"name\":\"trail\"},\"object\":{\"key\":\"c\"}}}");
        queues.send(sns("{\"s3Bucket\":\"trail\",\"s3ObjectKey\":[\"d\"]}"));
        queues.send("{\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":" + record("e") + "}");
        queues.send("{\"Records\":[" + record("f") + "]}");
        queues.send(record("g"));
        assertThat(read()).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void passesOverWhatIsNoNewObject() {
        queues.send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"trail\"}");
        queues.send(s3("ObjectRemoved:Delete", "a"));
        queues.send("{\"source\":\"aws.s3\",\"detail-type\":\"Object Deleted\",\"detail\":{}}");
        queues.send(s3("ObjectCreated:Put", "AWSLogs/1/CloudTrail-Digest/eu-west-1/2026/01/02/d.json.gz"));
        assertThat(read()).isEmpty();
        assertThat(EventTopics.deadLetters("s3:TestEvent")).isEmpty();
        assertThat(source().check().healthy()).isTrue();
    }

    @Test
    void readsAnObjectOnceThatIsNotifiedTwice() throws IOException {
        put("a", "a");
        queues.send(s3("ObjectCreated:Put", "a"));
        assertThat(read()).containsExactly("a");
        source().close();
        publisher.close();
        publisher = EventTopics.publisher(name);
        publisher.start();
        store.put("a", S3Store.file(List.of(name + "-again"), 10));
        queues.send(s3("ObjectCreated:Put", "a"));
        assertThat(read()).containsExactly("a");
    }

    @Test
    void whatCanNeverBeReadIsADeadLetter() {
        queues.send("no JSON: " + name);
        queues.send("{\"neither\":\"" + name + "\"}");
        queues.send(s3("ObjectCreated:Put", name + "-missing"));
        assertThat(read()).isEmpty();
        assertThat(EventTopics.deadLetters(name))
                .extracting(letter -> letter.getMessage())
                .containsExactlyInAnyOrder(
                        "not JSON",
                        "no record of CloudTrail: it has no eventID",
                        "s3://trail/" + name + "-missing is not there");
    }

    @Test
    void reportsAQueueThatIsNotThere() {
        AwsClients clients = new AwsClients(store.config(Optional.of(queues.uri())));
        MessageQueue queue = new MessageQueue(clients.sqs("none"), "none", WAIT, Duration.ofSeconds(20));
        start(new PolledSource("q", "aws_cloudtrail", publisher, new QueuePoll("q", queue, clients.s3())));
        while (source().check().healthy()) {
            Thread.onSpinWait();
        }
        assertThat(source().check().detail()).startsWith("q: cannot receive from sqs://none: ");
    }

    /// Messages are held for three seconds, and the work takes longer.
    @Test
    void holdsMessagesWhileItWorks() throws OriginException {
        try (MessageQueue queue = new MessageQueue(queues.client(), Queues.QUEUE, WAIT, Duration.ofSeconds(3))) {
            queues.send(record("a"));
            assertThat(queue.receive()).hasSize(1);
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            try (MessageQueue other = new MessageQueue(queues.client(), Queues.QUEUE, WAIT, Duration.ofSeconds(20))) {
                while (System.nanoTime() < end) {
                    assertThat(other.receive()).isEmpty();
                }
                queue.release();
                assertThat(next(other)).isNotEmpty();
            }
        }
    }

    /// A released message is visible once the time is over for which it was last held.
    private static List<Message> next(MessageQueue queue) throws OriginException {
        List<Message> messages = queue.receive();
        while (messages.isEmpty()) {
            messages = queue.receive();
        }
        return messages;
    }
}
