package dev.tiercel.enricher.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.enricher.source.CommittedRecords;
import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.IndicatorFeed;
import dev.tiercel.service.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists from a file and from a server of HTTP, on a broker.
class FeedWatcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration REFRESH = Duration.ofMillis(200);

    private final AtomicInteger unchanged = new AtomicInteger();
    private volatile String list = "192.0.2.1\n";
    private volatile int status = 200;
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/list", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = list.getBytes(StandardCharsets.UTF_8);
            String version = "\"" + list.hashCode() + "\"";
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
            } else if (version.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                unchanged.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.getResponseHeaders().set("ETag", version);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Test
    void publishesAListWhenItHasChangedAndKeepsItWhileItsServerFails() {
        try (FeedWatcher watcher = watcher(
                "http", "http://user:secret@127.0.0.1:" + server.getAddress().getPort() + "/list?key=1")) {
            watcher.start();
            until(() -> published("http").size() == 1 && unchanged.get() > 1);
            IndicatorFeed first = published("http").getFirst();
            assertThat(first.getItems()).containsExactly("192.0.2.1");
            assertThat(first.getOrigin())
                    .doesNotContain("secret")
                    .doesNotContain("key=1")
                    .endsWith("/list");

            status = 503;
            until(() -> !watcher.check().healthy());
            assertThat(watcher.check().detail()).contains("feed http: HTTP 503").doesNotContain("secret");
            status = 200;
            list = "192.0.2.2\n";
            until(() -> published("http").size() == 2);
            until(() -> watcher.check().healthy());
            assertThat(published("http").getLast().getItems()).containsExactly("192.0.2.2");
        }
    }

    @Test
    void publishesAFileAgainOnlyIfItIsAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("list"), "one\ntwo\n");
        for (int start = 0; start < 2; start++) {
            try (FeedWatcher watcher = watcher("file", file.toString())) {
                watcher.start();
                until(() -> published("file").size() == 1);
            }
        }
        Files.writeString(file, "one\ntwo\nthree\n");
        try (FeedWatcher watcher = watcher("file", file.toString())) {
            watcher.start();
            until(() -> published("file").size() == 2);
            assertThat(published("file").getLast().getItems()).containsExactly("one", "three", "two");
        }
    }

    @Test
    void saysThatAFileIsMissing() {
        try (FeedWatcher watcher = watcher("none", folder.resolve("none").toString())) {
            watcher.start();
            until(() -> !watcher.check().healthy());
            assertThat(watcher.check().detail()).isEqualTo("feed none: no such file or directory");
        }
    }

    private static FeedWatcher watcher(String name, String address) {
        FeedsConfig config = new FeedsConfig(List.of(FeedAddress.parse(name + "=" + address)), REFRESH);
        return new FeedWatcher(config, EventTopics.kafka(), EventTopics.REGISTRY, new Metrics());
    }

    private static List<IndicatorFeed> published(String name) {
        AvroSerde<IndicatorFeed> serde = AvroSerde.of(IndicatorFeed.class, EventTopics.REGISTRY, Topics.CONTEXT_FEEDS);
        List<IndicatorFeed> found = new ArrayList<>();
        new CommittedRecords(EventTopics.kafka()).all(Topics.CONTEXT_FEEDS.name(), record -> {
            if (name.equals(new String(record.key(), StandardCharsets.UTF_8))) found.add(serde.read(record.value()));
        });
        return found;
    }

    private static void until(BooleanSupplier done) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
