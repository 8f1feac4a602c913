package dev.tiercel.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ExitEncoder;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KevFormatException;
import dev.tiercel.kevent.KevHeader;
import dev.tiercel.kevent.KevWriter;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.kevent.KeventClass;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.OpenEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KevSourceTest {
    private static final KeventHandler IGNORE = (data, offset, length) -> {};
    private static final long BOOT = 1_700_000_000_000_000_000L;
    private static final long MILLISECOND = 1_000_000;

    @TempDir
    Path directory;

    /// A process of the snapshot, then an open and two exits, 40 ms apart.
    private Path recording() throws IOException {
        Path file = directory.resolve("a.kev");
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        KevHeader header = new KevHeader(KeventAbi.VERSION, "node-7", "6.1.0", BOOT, BOOT + 5_000_000_000L);
        try (KevWriter writer = KevWriter.create(file, header)) {
            writer.onRecord(
                    buffer,
                    0,
                    new ExecEncoder().wrap(buffer, 0).snapshot().ktime(0).finish());
            writer.onRecord(
                    buffer,
                    0,
                    new OpenEncoder()
                            .wrap(buffer, 0)
                            .ktime(1000 * MILLISECOND)
                            .path("/x")
                            .finish());
            for (int i = 1; i <= 2; i++) {
                long ktime = (1000 + 40 * i) * MILLISECOND;
                writer.onRecord(
                        buffer,
                        0,
                        new ExitEncoder().wrap(buffer, 0).ktime(ktime).finish());
            }
        }
        return file;
    }

    @Nested
    class AsFastAsDrained extends RecordSourceContract {
        @Override
        RecordSource open() throws IOException {
            return KevSource.open(recording());
        }
    }

    @Nested
    class Paced extends RecordSourceContract {
        @Override
        RecordSource open() throws IOException {
            return KevSource.paced(recording(), 100);
        }
    }

    @Nested
    class Recorded extends RecordSourceContract {
        @Override
        RecordSource open() throws IOException {
            return RecordingSource.to(directory.resolve("copy.kev"), KevSource.open(recording()));
        }
    }

    @Test
    void endsAndSaysSo() throws IOException {
        try (KevSource source = KevSource.open(recording())) {
            assertThat(source.drain(IGNORE, 100)).isEqualTo(4);
            assertThat(source.drain(IGNORE, 100)).isZero();
            assertThat(source.finished()).isTrue();
            assertThat(source.snapshotComplete()).isTrue();
            assertThat(source.await(Duration.ofDays(1))).isFalse();
        }
    }

    @Test
    void keepsHostAndTimeOfTheRecording() throws IOException {
        try (KevSource source = KevSource.open(recording())) {
            assertThat(source.hostname()).isEqualTo("node-7");
            assertThat(source.bootTimeEpochNanos()).isEqualTo(BOOT);
            assertThat(source.describe())
                    .endsWith("a.kev of node-7, kernel 6.1.0, 2023-11-14T22:13:25Z")
                    .startsWith("recording ");
        }
    }

    @Test
    void countsByClass() throws IOException {
        try (KevSource source = KevSource.open(recording())) {
            source.drain(IGNORE, 100);
            CaptureCounters counters = source.counters();
            assertThat(counters.emitted(KeventClass.PROCESS)).isEqualTo(3);
            assertThat(counters.emitted(KeventClass.OPEN)).isEqualTo(1);
            assertThat(counters.emittedTotal()).isEqualTo(4);
            assertThat(counters.lost()).isZero();
        }
    }

    @Test
    void keepsTheRecordedDistances() throws IOException {
        long begin = System.nanoTime();
        List<Long> arrivals = new ArrayList<>();
        try (KevSource source = KevSource.paced(recording(), 2)) {
            while (!source.finished()) {
                source.drain((data, offset, length) -> arrivals.add(System.nanoTime() - begin), 100);
                source.await(Duration.ofMillis(100));
            }
        }
        assertThat(arrivals).hasSize(4);
        assertThat(arrivals.get(2) - arrivals.get(1)).isGreaterThanOrEqualTo(20 * MILLISECOND - MILLISECOND);
        assertThat(arrivals.get(3) - arrivals.get(1)).isGreaterThanOrEqualTo(40 * MILLISECOND - MILLISECOND);
    }

    @Test
    void aRecorderWritesWhatItHandsOn() throws IOException {
        Path copy = directory.resolve("copy.kev");
        List<byte[]> handedOn = new ArrayList<>();
        try (RecordingSource source = RecordingSource.to(copy, KevSource.open(recording()))) {
            source.drain((data, offset, length) -> handedOn.add(bytes(data, offset, length)), 3);
            assertThat(source.records()).isEqualTo(3);
        }
        List<byte[]> recorded = new ArrayList<>();
        try (KevSource source = KevSource.open(copy)) {
            source.drain((data, offset, length) -> recorded.add(bytes(data, offset, length)), 100);
            assertThat(source.hostname()).isEqualTo("node-7");
            assertThat(source.bootTimeEpochNanos()).isEqualTo(BOOT);
        }
        assertThat(recorded).containsExactlyElementsOf(handedOn).hasSize(3);
    }

    private static byte[] bytes(ByteBuffer data, int offset, int length) {
        byte[] copy = new byte[length];
        data.get(offset, copy);
        return copy;
    }

    @Test
    void aCutRecordingEndsBeforeTheCut() throws IOException {
        Path file = recording();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - HeaderDecoder.SIZE));
        try (KevSource source = KevSource.open(file)) {
            assertThat(source.drain(IGNORE, 100)).isEqualTo(3);
            assertThat(source.finished()).isTrue();
        }
    }

    @Test
    void damageStopsTheSourceWithItsPlace() throws IOException {
        Path file = recording();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (KevSource source = KevSource.open(file)) {
            assertThatThrownBy(() -> source.drain(IGNORE, 100))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is damaged at byte ");
        }
    }

    /// The recording that other modules test with is of this ABI version; if this fails, make it anew (README beside
    /// it).
    @Test
    void theShippedSampleCanBeRead() throws IOException {
        Path sample = Path.of(System.getProperty("tiercel.root", ".."), "cli/src/test/resources/samples/small.kev");
        try (KevSource source = KevSource.open(sample)) {
            assertThat(source.drain(IGNORE, Integer.MAX_VALUE)).isBetween(300, 3000);
            assertThat(source.finished()).isTrue();
            assertThat(source.counters().malformed()).isZero();
        }
    }

    @Test
    void refusesFilesThatAreNoRecordings() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "hello");
        assertThatThrownBy(() -> KevSource.open(file)).isInstanceOf(KevFormatException.class);
        assertThatThrownBy(() -> KevSource.paced(recording(), 0)).hasMessage("factor=0.0 is not above 0");
    }
}
