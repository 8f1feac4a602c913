package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KevFileTest {
    private static final KevHeader HEADER =
            new KevHeader(KeventAbi.VERSION, "nodeé", "6.18.5", 1_700_000_000_000_000_000L, 1_700_000_001_000_000_000L);

    @TempDir
    Path directory;

    private Path write(String name, List<byte[]> records) throws IOException {
        Path file = directory.resolve(name);
        try (KevWriter writer = KevWriter.create(file, HEADER)) {
            for (byte[] record : records) {
                writer.onRecord(ByteBuffer.wrap(record), 0, record.length);
            }
            assertThat(writer.records()).isEqualTo(records.size());
        }
        return file;
    }

    private static List<byte[]> records(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer buffer = ByteBuffer.allocate(Records.MAX_LENGTH);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Records.Codec codec = Records.CODECS.get(random.nextInt(Records.CODECS.size()));
            int length = Records.write(random, codec, buffer, 0, new HashMap<>());
            records.add(LittleEndian.bytes(buffer, 0, length));
        }
        return records;
    }

    private static List<byte[]> read(KevReader reader) throws IOException {
        List<byte[]> records = new ArrayList<>();
        int drained = reader.drain(
                (data, offset, length) -> records.add(LittleEndian.bytes(data, offset, length)), Integer.MAX_VALUE);
        assertThat(drained).isEqualTo(records.size());
        return records;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackWhatWasWritten(long seed) throws IOException {
        List<byte[]> records = records(seed, 5000);
        try (KevReader reader = KevReader.open(write("a.kev", records))) {
            assertThat(reader.header()).isEqualTo(HEADER);
            assertThat(read(reader)).as("seed=" + seed).containsExactlyElementsOf(records);
            assertThat(reader.finished()).isTrue();
            assertThat(reader.cutBytes()).isZero();
            assertThat(reader.malformed()).isZero();
        }
    }

    @Test
    void drainsInPortionsAndReportsWhatComesNext() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(512);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int length = new ExitEncoder().wrap(buffer, 0).ktime(100 + i).finish();
            records.add(LittleEndian.bytes(buffer, 0, length));
        }
        try (KevReader reader = KevReader.open(write("a.kev", records))) {
            assertThat(reader.nextKtime()).hasValue(100);
            assertThat(reader.nextType()).isEqualTo(KeventType.EXIT);
            assertThat(reader.drain((data, offset, length) -> {}, 2)).isEqualTo(2);
            assertThat(reader.nextKtime()).hasValue(102);
            assertThat(reader.drain((data, offset, length) -> {}, 2)).isEqualTo(1);
            assertThat(reader.nextKtime()).isEmpty();
            assertThat(reader.nextType()).isZero();
            assertThat(reader.finished()).isTrue();
        }
    }

    @Test
    void aRecordingWithoutRecordsIsEmpty() throws IOException {
        try (KevReader reader = KevReader.open(write("a.kev", List.of()))) {
            assertThat(read(reader)).isEmpty();
            assertThat(reader.cutBytes()).isZero();
        }
    }

    @Test
    void aCutLosesTheLastRecordOnlyAndIsReported() throws IOException {
        List<byte[]> records = records(4, 20);
        byte[] whole = Files.readAllBytes(write("a.kev", records));
        int last = KevFormat.PREFIX + KevFormat.padded(records.getLast().length);
        for (int cut = 1; cut < last; cut++) {
            Path file = Files.write(directory.resolve("cut.kev"), java.util.Arrays.copyOf(whole, whole.length - cut));
            try (KevReader reader = KevReader.open(file)) {
                assertThat(read(reader)).hasSize(19);
                assertThat(reader.cutBytes()).isEqualTo(last - cut);
            }
        }
    }

    @Test
    void damageInTheMiddleIsReportedWithItsPositionAfterTheRecordsBeforeIt() throws IOException {
        List<byte[]> records = records(5, 20);
        Path file = write("a.kev", records);
        byte[] bytes = Files.readAllBytes(file);
        int second = headerSize(bytes) + KevFormat.PREFIX + KevFormat.padded(records.getFirst().length);
        bytes[second + KevFormat.PREFIX + 3] ^= 1;
        Files.write(file, bytes);
        try (KevReader reader = KevReader.open(file)) {
            assertThatThrownBy(() -> read(reader))
                    .isInstanceOf(KevFormatException.class)
                    .hasMessageContaining(file + " is damaged at byte " + second + ": the checksum");
        }
    }

    @Test
    void aLengthThatNoRecordHasIsDamage() throws IOException {
        Path file = write("a.kev", records(6, 2));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(headerSize(bytes), -1);
        Files.write(file, bytes);
        try (KevReader reader = KevReader.open(file)) {
            assertThatThrownBy(() -> read(reader)).hasMessageContaining("a record of 4294967295 bytes");
        }
    }

    private static int headerSize(byte[] file) {
        return LittleEndian.int32(ByteBuffer.wrap(file), KevFormat.HEADER_SIZE_AT);
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("rules.yaml"), "- rule: something\n".repeat(20));
        assertThatThrownBy(() -> KevReader.open(text))
                .isInstanceOf(KevFormatException.class)
                .hasMessage(text + " is not a recording: it does not start with TKEV");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> KevReader.open(empty)).hasMessageContaining("is not a recording");
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        Path file = directory.resolve("other.kev");
        KevWriter.create(file, new KevHeader(9, "h", "r", 0, 0)).close();
        assertThatThrownBy(() -> KevReader.open(file))
                .isInstanceOf(KevFormatException.class)
                .hasMessage(
                        file + " was recorded with file format 1 and probe ABI 9; this version reads format 1 and ABI "
                                + KeventAbi.READABLE);
    }

    @Test
    void aHeaderThatLiesAboutItsSizeIsDamage() throws IOException {
        Path file = write("a.kev", List.of());
        byte[] bytes = Files.readAllBytes(file);
        for (int size : new int[] {0, 8, 33, 1 << 20, -8}) {
            LittleEndian.putInt32(ByteBuffer.wrap(bytes), KevFormat.HEADER_SIZE_AT, size);
            Files.write(file, bytes);
            assertThatThrownBy(() -> KevReader.open(file)).hasMessageContaining("a header of ");
        }
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path file = write("a.kev", List.of());
        assertThatThrownBy(() -> KevWriter.create(file, HEADER)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void onlyTheOwnerReadsARecording() throws IOException {
        Path file = write("a.kev", List.of());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aRecordShorterThanItClaimsIsSkippedAndCounted() throws IOException {
        byte[] lying = records(7, 1).getFirst();
        LittleEndian.putInt32(ByteBuffer.wrap(lying), HeaderDecoder.LENGTH, lying.length + 1);
        byte[] text = "short".getBytes(StandardCharsets.UTF_8);
        List<byte[]> good = records(8, 1);
        try (KevReader reader = KevReader.open(write("a.kev", List.of(lying, text, good.getFirst())))) {
            assertThat(read(reader)).containsExactlyElementsOf(good);
            assertThat(reader.malformed()).isEqualTo(2);
        }
    }

    /// A damaged file yields records, an end, or a message; nothing else.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutatedFilesYieldRecordsOrAMessage(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = Files.readAllBytes(write("a.kev", records(seed, 10)));
        Path file = directory.resolve("mutated.kev");
        for (int round = 0; round < 300; round++) {
            byte[] mutated = java.util.Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(Math.min(mutated.length, 400))] = (byte) random.nextInt();
            }
            Files.write(file, mutated);
            readAll(file, "seed=" + seed + " round=" + round);
        }
    }

    private static void readAll(Path file, String where) throws IOException {
        try (KevReader reader = KevReader.open(file)) {
            assertThat(read(reader)).as(where).hasSizeLessThanOrEqualTo(10);
        } catch (KevFormatException e) {
            assertThat(e.getMessage()).as(where).startsWith(file.toString());
        }
    }
}
