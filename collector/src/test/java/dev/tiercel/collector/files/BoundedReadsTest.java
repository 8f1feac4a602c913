package dev.tiercel.collector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BoundedReadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final BoundedReads reads = new BoundedReads("test-reads", 4, LIMIT, Duration.ofHours(1));
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        reads.close();
    }

    @Test
    void aReadThatHangsIsLeftBehindAndOthersAreNot() {
        assertThat(reads.call("slow", this::hang)).isEmpty();

        assertThat(reads.hanging()).isOne();
        assertThat(reads.check().healthy()).isTrue();
        assertThat(reads.check().detail()).contains("1 of test-reads hang");
        assertThat(reads.call("other", () -> "read")).hasValue("read");
    }

    @Test
    void oneReadOfAnOwnerFollowsTheOther() {
        IntStream.range(0, 10_000)
                .forEach(i -> assertThat(reads.call("owner", () -> i)).hasValue(i));
    }

    @Test
    void itsOwnerGetsNoOtherUntilAPauseIsOver() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        assertThat(reads.start("slow", this::hang, late::complete)).isTrue();
        assertThat(reads.call("slow", () -> "again")).isEmpty();
        while (reads.hanging() == 0) {
            Thread.onSpinWait();
        }

        released.countDown();
        assertThat(late.get()).isEqualTo("late");
        while (reads.hanging() > 0) {
            Thread.onSpinWait();
        }

        assertThat(reads.call("slow", () -> "again")).isEmpty();
    }

    @Test
    void readsAreRefusedOnlyOnceEveryThreadHangs() {
        IntStream.range(0, 3).forEach(i -> assertThat(reads.call(i, this::hang)).isEmpty());
        assertThat(reads.call("other", () -> "read")).hasValue("read");
        assertThat(reads.call(3, this::hang)).isEmpty();

        assertThat(reads.start("other", () -> "read", result -> {})).isFalse();
    }

    @Test
    void aFileSystemThatAnswersNothingHangsOnlyItsOwner(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("good/etc"));
        Files.writeString(folder.resolve("good/etc/passwd"), "x");
        try (HangingFileSystem _ = new HangingFileSystem(folder.resolve("bad/etc"))) {
            Optional<Optional<byte[]>> bad =
                    reads.call("bad", () -> RootDirectoryTest.read(folder.resolve("bad"), "etc/passwd", 10));
            Optional<Optional<byte[]>> good =
                    reads.call("good", () -> RootDirectoryTest.read(folder.resolve("good"), "etc/passwd", 10));

            assertThat(bad).isEmpty();
            assertThat(reads.hanging()).isOne();
            assertThat(good.orElseThrow()).isPresent();
        }
        while (reads.hanging() > 0) {
            Thread.onSpinWait();
        }
    }

    private String hang() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "late";
    }
}
