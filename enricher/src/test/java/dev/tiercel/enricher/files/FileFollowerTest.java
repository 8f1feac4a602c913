package dev.tiercel.enricher.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.IdFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to files while they are followed, and while they are not.
class FileFollowerTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final String name = TestBroker.unique("files");
    private Duration patience = LONG;
    private Publisher publisher;
    private @Nullable FileFollower follower;

    @BeforeEach
    void open() {
        publisher = EventTopics.publisher(name);
        publisher.start();
    }

    @AfterEach
    void close() {
        stop();
        publisher.close();
    }

    private void follow(String file) {
        Path path = file.isEmpty() ? folder : folder.resolve(file);
        FilesConfig config = new FilesConfig(Duration.ofMillis(200), patience);
        FileFollower started = new FileFollower("json=" + name, path, new IdFormat(), publisher, config, new Metrics());
        started.start();
        follower = started;
    }

    private FileFollower follower() {
        return Objects.requireNonNull(follower);
    }

    private void stop() {
        if (follower != null) follower.close();
    }

    private void restart(String file) {
        stop();
        publisher.close();
        open();
        follow(file);
    }

    private String event(int number) {
        return "{\"id\":\"%s-%04d\"}".formatted(name, number);
    }

    private String lines(int begin, int end) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(begin, end)
                .forEach(number -> lines.append(event(number)).append('\n'));
        return lines.toString();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void writeGzip(String file, byte[] bytes) throws IOException {
        Files.write(folder.resolve(file), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void truncate(String file) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
            opened.setLength(0);
        }
    }

    /// Returns once these events, and no others, are there in this order.
    private void await(int begin, int end) {
        List<String> expected = IntStream.range(begin, end)
                .mapToObj(number -> name + "-%04d".formatted(number))
                .toList();
        List<String> found = List.of();
        while (found.size() < expected.size()) {
            found = EventTopics.ids("json", name + "-");
        }
        assertThat(found).isEqualTo(expected);
    }

    private void awaitDeadLetter(String text, String reason) {
        while (EventTopics.deadLetters(text).isEmpty()) {
            assertThat(follower().check().healthy()).isTrue();
        }
        assertThat(EventTopics.deadLetters(text))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getMessage()).contains(reason));
    }

    @Test
    void keepsAnIncompleteLastLine() throws IOException {
        write("a.log", lines(0, 2) + event(2).substring(0, 9));
        follow("a.log");
        await(0, 2);
        write("a.log", event(2).substring(9));
        await(0, 3);
    }

    @Test
    void goesOnWithAnIncompleteLineAfterARestart() throws IOException {
        write("a.log", lines(0, 2) + event(2).substring(0, 9));
        follow("a.log");
        await(0, 2);
        restart("a.log");
        write("a.log", event(2).substring(9) + "\n" + lines(3, 4));
        await(0, 4);
    }

    @Test
    void givesUpWhatStaysIncomplete() throws IOException {
        patience = Duration.ofMillis(500);
        write("a.log", lines(0, 1) + "{\"cut " + name);
        follow("a.log");
        await(0, 1);
        awaitDeadLetter("{\"cut " + name, "ends too early");
        write("a.log", "\n" + lines(1, 2));
        await(0, 2);
    }

    @Test
    void followsARenamedLog() throws IOException {
        write("audit.log", lines(0, 2));
        follow("audit.log");
        await(0, 2);
        write("audit.log", lines(2, 3));
        move("audit.log", "audit-2026-01-02T03-04-05.678.log");
        write("audit.log", lines(3, 5));
        await(0, 5);
        write("audit.log", lines(5, 6));
        await(0, 6);
    }

    @Test
    void findsALogThatWasRenamedAndCompressedMeanwhile() throws IOException {
        write("audit.log", lines(0, 2));
        write("audit.log.1", lines(9000, 9001));
        follow("audit.log");
        await(0, 2);
        stop();
        Files.delete(folder.resolve("audit.log.1"));
        writeGzip("audit.log.1.gz", gzip(lines(0, 4)));
        write("audit.log.2", lines(9000, 9001));
        Files.delete(folder.resolve("audit.log"));
        write("audit.log", lines(4, 6));
        Files.setLastModifiedTime(folder.resolve("audit.log.2"), FileTime.fromMillis(0));
        restart("audit.log");
        await(0, 6);
    }

    @Test
    void readsALogThatWasCopiedAndTruncated() throws IOException {
        write("audit.log", lines(0, 3));
        follow("audit.log");
        await(0, 3);
        stop();
        write("audit.log", lines(3, 4));
        Files.copy(folder.resolve("audit.log"), folder.resolve("audit.log.1"));
        truncate("audit.log");
        write("audit.log", lines(4, 9));
        restart("audit.log");
        await(0, 9);
    }

    @Test
    void waitsForTheEndOfACopy() throws IOException {
        write("audit.log", lines(0, 100));
        follow("audit.log");
        await(0, 100);
        byte[] all = Files.readAllBytes(folder.resolve("audit.log"));
        Files.write(folder.resolve("audit.log.1"), Arrays.copyOf(all, all.length / 2));
        write("audit.log", lines(100, 101));
        await(0, 101);
        Files.copy(folder.resolve("audit.log"), folder.resolve("audit.log.1"), StandardCopyOption.REPLACE_EXISTING);
        truncate("audit.log");
        write("audit.log", lines(101, 102));
        await(0, 102);
    }

    @Test
    void doesNotReadWhatWasRotatedBeforeTheFirstStart() throws IOException {
        write("audit.log.1", lines(9000, 9009));
        writeGzip("audit.log.2.gz", gzip(lines(8000, 8009)));
        write("audit.log", lines(0, 1));
        follow("audit.log");
        await(0, 1);
        move("audit.log.2.gz", "audit.log.3.gz");
        move("audit.log.1", "audit.log.2");
        move("audit.log", "audit.log.1");
        write("audit.log", lines(1, 2));
        await(0, 2);
    }

    @Test
    void waitsForAFileThatIsNotThere() throws IOException {
        follow("none/a.log");
        while (follower().check().healthy()) {
            Thread.onSpinWait();
        }
        assertThat(follower().check().detail()).contains("cannot read", "none", "no such file or directory");
        Files.createDirectory(folder.resolve("none"));
        write("none/a.log", lines(0, 1));
        await(0, 1);
    }

    @Test
    void readsADirectoryByNameAndThenWhatAppears() throws IOException {
        Files.createDirectories(folder.resolve("a/deep"));
        write("a/deep/1.json", "{\n  \"items\": [" + event(0) + ", " + event(1) + "],\n  \"more\": {}\n}\n");
        writeGzip("a/deep/2.json.gz", gzip("[" + event(2) + "," + event(3) + "]"));
        write("b.json", event(4));
        write(".hidden", event(9000));
        write("c.json.tmp", event(9001));
        follow("");
        await(0, 5);
        Files.createDirectories(folder.resolve("a/new/er"));
        write("a/new/er/x.json", lines(5, 7));
        await(0, 7);
        move("c.json.tmp", "c.txt");
        write("a/new/er/x.json", lines(7, 8));
        while (EventTopics.ids("json", name + "-").size() < 9) {
            assertThat(follower().check().healthy()).isTrue();
        }
        assertThat(EventTopics.ids("json", name + "-")).hasSize(9).contains(name + "-9001", name + "-0007");
    }

    @Test
    void followsLinksAndLeavesLoopsAlone() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Path other = Files.createDirectory(folder.resolve("other"));
        write("other/a.json", lines(0, 1));
        Files.createSymbolicLink(folder.resolve("data/link"), other);
        Files.createSymbolicLink(folder.resolve("data/loop"), folder.resolve("data"));
        follow("data");
        await(0, 1);
        write("other/a.json", lines(1, 2));
        await(0, 2);
        assertThat(follower().check().healthy()).isTrue();
    }

    @Test
    void readsNoFileOfADirectoryTwice() throws IOException {
        write("1.json", lines(0, 3));
        writeGzip("2.json.gz", gzip(lines(3, 5)));
        follow("");
        await(0, 5);
        stop();
        Files.createDirectory(folder.resolve("archive"));
        move("1.json", "archive/1.json");
        write("3.json", lines(5, 6));
        restart("");
        await(0, 6);
    }

    @Test
    void goesOnInTheMiddleOfALongFile() throws IOException {
        StringBuilder records = new StringBuilder("{\"items\":[");
        IntStream.range(0, 9_000)
                .forEach(number -> records.append(number == 0 ? "" : ",").append(event(number)));
        writeGzip("long.json.gz", gzip(records.append("]}").toString()));
        follow("");
        while (EventTopics.ids("json", name + "-").isEmpty()) {
            assertThat(follower().check().healthy()).isTrue();
        }
        publisher.close();
        restart("");
        await(0, 9_000);
    }

    @Test
    void reportsBrokenCompression() throws IOException {
        byte[] whole = gzip(lines(0, 50));
        byte[] broken = whole.clone();
        broken[broken.length - 6] ^= 1;
        writeGzip("broken-" + name + ".gz", broken);
        follow("");
        awaitDeadLetterMessage("broken-" + name + ".gz: not gzip from here on");
        patience = Duration.ZERO;
        writeGzip("broken-" + name + ".gz", Arrays.copyOf(whole, whole.length - 20));
        restart("");
        awaitDeadLetterMessage("broken-" + name + ".gz: ends too early");
    }

    private void awaitDeadLetterMessage(String message) {
        while (EventTopics.deadLetters("").stream()
                .noneMatch(letter -> letter.getMessage().contains(message))) {
            assertThat(follower().check().healthy()).isTrue();
        }
    }

    @Test
    void forgetsFilesThatAreGone() throws IOException {
        write("1.json", lines(0, 1));
        follow("");
        await(0, 1);
        Files.delete(folder.resolve("1.json"));
        write("2.json", lines(1, 2));
        await(0, 2);
        stop();
        publisher.close();
        open();
        assertThat(publisher.progress().positions("json=" + name + "#").keySet())
                .containsExactly("json=" + name + "#2.json");
    }
}
