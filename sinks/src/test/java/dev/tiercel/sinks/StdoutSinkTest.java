package dev.tiercel.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.testkit.TestBroker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StdoutSinkTest {
    private static final TestBroker BROKER = TestBroker.shared();
    private static final AlertLine TEXT = new AlertLine(AlertFormat.TEXT, false, false);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
        @Override
        public void println(String line) {
            lines.add(line);
        }
    };

    @BeforeAll
    static void createTopics() {
        Topics.create(BROKER.admin(), 1, List.of(Topics.ALERTS_JSON));
    }

    @Test
    void printsAlertsCommittedAfterItsStart() throws InterruptedException {
        BROKER.send(Topics.ALERTS_JSON.name(), new byte[0], alert("before the start"));
        StdoutSink sink = sink(StdoutSink.Start.LATEST);
        try (sink;
                Producer<byte[], byte[]> producer = transactional()) {
            sink.start();
            producer.beginTransaction();
            send(producer, alert("aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "nonsense".getBytes(StandardCharsets.UTF_8));
            send(producer, alert("committed"));
            producer.commitTransaction();
            assertThat(lines.poll(20, TimeUnit.SECONDS)).isEqualTo("committed");
            assertThat(lines).isEmpty();
            assertThat(sink.check().healthy()).isTrue();
        }
        assertThat(sink.printed()).as("counted once it is out").isEqualTo(1);
    }

    @Test
    void printsExistingAlertsOnRequest() throws InterruptedException {
        BROKER.send(Topics.ALERTS_JSON.name(), new byte[0], alert("an old one"));
        try (StdoutSink sink = sink(StdoutSink.Start.BEGINNING)) {
            sink.start();
            String line;
            do {
                line = lines.poll(20, TimeUnit.SECONDS);
                assertThat(line).isNotNull();
            } while (!"an old one".equals(line));
        }
    }

    @Test
    void aStalledReaderDoesNotBlockTheClose() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        PrintStream stuck = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                blocked.countDown();
                new CompletableFuture<Void>().join();
            }
        };
        StdoutSink sink = new StdoutSink(kafka(), TEXT, StdoutSink.Start.LATEST, stuck);
        sink.start();
        BROKER.send(Topics.ALERTS_JSON.name(), new byte[0], alert("one"));
        assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(CompletableFuture.runAsync(sink::close)).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void saysWhenItsOutputIsClosedWithoutAFailure() throws InterruptedException {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        PrintStream gone = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        try (StdoutSink sink = new StdoutSink(kafka(), TEXT, StdoutSink.Start.LATEST, gone)) {
            sink.onFailure(failure::complete);
            sink.onOutputClosed(closed::countDown);
            sink.start();
            BROKER.send(Topics.ALERTS_JSON.name(), new byte[0], alert("one"));
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(sink.check().healthy()).isFalse();
            assertThat(sink.check().detail()).contains("closed by its reader");
            assertThat(failure).isNotDone();
        }
    }

    static List<Runnable> failures() {
        return List.of(
                () -> {
                    throw new UnsupportedOperationException("broken");
                },
                () -> {
                    throw new LinkageError("broken");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsWhateverItsThreadThrows(Runnable failure) {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        PrintStream broken = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                failure.run();
            }
        };
        try (StdoutSink sink = new StdoutSink(kafka(), TEXT, StdoutSink.Start.LATEST, broken)) {
            sink.onFailure(reported::complete);
            sink.start();
            BROKER.send(Topics.ALERTS_JSON.name(), new byte[0], alert("one"));
            assertThat(reported).succeedsWithin(Duration.ofSeconds(20));
            assertThat(sink.check().healthy()).isFalse();
            assertThat(sink.check().detail()).contains("broken");
        }
    }

    private StdoutSink sink(StdoutSink.Start start) {
        return new StdoutSink(kafka(), TEXT, start, out);
    }

    private static Map<String, String> kafka() {
        return Map.of("bootstrap.servers", BROKER.bootstrapServers());
    }

    private static Producer<byte[], byte[]> transactional() {
        Producer<byte[], byte[]> producer =
                BROKER.producer(Map.of("transactional.id", TestBroker.unique("stdout-sink")));
        producer.initTransactions();
        return producer;
    }

    private static void send(Producer<byte[], byte[]> producer, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.ALERTS_JSON.name(), value));
    }

    private static byte[] alert(String output) {
        return "{\"output\":\"%s\",\"priority\":\"Notice\"}".formatted(output).getBytes(StandardCharsets.UTF_8);
    }
}
