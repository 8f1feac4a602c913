package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found in a bucket, and what is remembered of it.
class BucketPollTest {
    private static final String DAY = "AWSLogs/o-1/1111/CloudTrail/eu-west-1/2026/01/02/";

    @TempDir
    private Path folder;

    private final String name = TestBroker.unique("bucket");
    private S3Store store;
    private @Nullable Publisher publisher;
    private @Nullable Source source;

    @BeforeEach
    void open() throws Exception {
        store = new S3Store(folder);
    }

    @AfterEach
    void close() {
        stop();
        store.close();
    }

    private void stop() {
        if (source != null) source.close();
        if (publisher != null) publisher.close();
    }

    private void start(String address, Duration late) {
        stop();
        Publisher next = EventTopics.publisher(name);
        next.start();
        publisher = next;
        Source started =
                new CloudTrailSources(store.config(Optional.empty(), late), next).of("cloudtrail=" + name, address);
        started.start();
        source = started;
    }

    private void put(String key, int... numbers) throws IOException {
        store.put(key, S3Store.file(ids(numbers), 10));
    }

    private List<String> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> name + "-" + number).toList();
    }

    private void await(int... numbers) {
        List<String> found = List.of();
        while (found.size() < numbers.length) {
            found = EventTopics.ids("aws_cloudtrail", name + "-");
        }
        assertThat(found).containsExactlyElementsOf(ids(numbers));
    }

    private void awaitProgress(int parts) {
        while (progress().size() != parts) {
            Thread.onSpinWait();
        }
    }

    /// What the next process will know.
    private List<String> progress() {
        Publisher next = EventTopics.publisher(TestBroker.unique("reader"));
        try (next) {
            next.start();
            return next.progress().positions("cloudtrail=" + name).keySet().stream()
                    .map(part -> part.substring(part.indexOf('#')))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsAccountsRegionsAndLateObjects() throws IOException {
        put(DAY + "b.json.gz", 0);
        put("AWSLogs/o-1/1111/CloudTrail-Digest/eu-west-1/2026/01/02/d.json.gz", 90);
        start("s3://trail", Duration.ofHours(1));
        await(0);
        put(DAY + "c.json.gz", 1);
        await(0, 1);
        put(DAY + "a.json.gz", 2);
        await(0, 1, 2);
        put("AWSLogs/o-1/1111/CloudTrail/us-east-1/2026/01/02/x.json.gz", 3);
        start("s3://trail", Duration.ofHours(1));
        await(0, 1, 2, 3);
        assertThat(progress()).hasSize(4);
    }

    @Test
    void remembersOnlyAKeyOfWhatIsOld() throws IOException {
        put(DAY + "a.json.gz", 0);
        put(DAY + "b.json.gz", 1);
        start("s3://trail/AWSLogs", Duration.ZERO);
        await(0, 1);
        awaitProgress(1);
        assertThat(progress()).containsExactly("#after/AWSLogs/o-1/1111/CloudTrail/eu-west-1/");
        put(DAY + "c.json.gz", 2);
        start("s3://trail/AWSLogs/", Duration.ZERO);
        await(0, 1, 2);
    }

    @Test
    void settlesLater() throws IOException {
        put(DAY + "a.json.gz", 0);
        start("s3://trail", Duration.ofHours(1));
        await(0);
        assertThat(progress()).containsExactly("#object/" + DAY + "a.json.gz");
        start("s3://trail", Duration.ZERO);
        awaitProgress(1);
        while (!progress().contains("#after/AWSLogs/o-1/1111/CloudTrail/eu-west-1/")) {
            Thread.onSpinWait();
        }
        await(0);
    }

    @Test
    void readsFoldersOfAnyOtherForm() throws IOException {
        store.put("export/z.json", S3Store.records(ids(0), 10).getBytes(UTF_8));
        put("export/more/y.json.gz", 1);
        put("exported.json.gz", 91);
        start("s3://trail/export", Duration.ZERO);
        await(0, 1);
        put("export/a.json.gz", 2);
        await(0, 1, 2);
        start("s3://trail/export", Duration.ZERO);
        put("export/b.json.gz", 3);
        await(0, 1, 2, 3);
    }

    @Test
    void reportsABucketThatIsNotThere() {
        start("s3://none", Duration.ZERO);
        while (Objects.requireNonNull(source).check().healthy()) {
            Thread.onSpinWait();
        }
        assertThat(Objects.requireNonNull(source).check().detail())
                .isEqualTo("cloudtrail=" + name + ": cannot list s3://none/: NoSuchBucket, status 404");
    }

    @Test
    void isADeadLetterIfItIsBroken() throws IOException {
        byte[] whole = S3Store.file(ids(0), 10);
        store.put(DAY + "a-" + name + ".json.gz", Arrays.copyOf(whole, whole.length - 12));
        put(DAY + "b.json.gz", 1);
        start("s3://trail", Duration.ZERO);
        while (EventTopics.ids("aws_cloudtrail", name + "-1").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(EventTopics.deadLetters(""))
                .anySatisfy(letter -> assertThat(letter.getMessage()).contains("a-" + name + ".json.gz: "));
    }
}
