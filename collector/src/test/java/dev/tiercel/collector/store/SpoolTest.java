package dev.tiercel.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long LIMIT = 8 << 20;

    @TempDir
    Path folder;

    private final BatchWriter writer = new BatchWriter();
    private final Random random = new Random(1);
    private StateDirectory directory;
    private Spool spool;

    @BeforeEach
    void open() {
        directory = StateDirectory.open(folder.resolve("state")).orElseThrow();
        spool = Spool.open(directory, LIMIT);
    }

    @AfterEach
    void close() {
        spool.close();
        directory.close();
    }

    private void reopen() {
        close();
        open();
    }

    /// As after a kill -9: nothing is noted or closed.
    private void reopenWithoutClosing() {
        directory.close();
        open();
    }

    @Test
    void readsInOrderWhatWasAppendedMeanwhileToo() {
        append(0, 2000);
        assertThat(sequences(read(1500))).containsExactlyElementsOf(range(0, 1500));
        append(2000, 500);

        assertThat(sequences(read(5000))).containsExactlyElementsOf(range(1500, 2500));
        assertThat(spool.hasUnread()).isFalse();
        assertThat(spool.unread(false)).isZero();
    }

    @Test
    void whatIsAcknowledgedLeavesTheDisk() {
        append(0, 3000);
        List<Spool.Spooled> read = read(3000);
        long full = spool.bytes();
        spool.acknowledged(read.get(2900).end());
        assertThat(spool.bytes()).isLessThan(full / 2);
        spool.acknowledged(read.getLast().end());

        assertThat(files()).containsExactly("lock");
        append(3000, 1);
        assertThat(sequences(read(9))).containsExactly(3000L);
    }

    @Test
    void aLaterRunReadsFromTheLastNotedAcknowledgement() {
        append(0, 1000);
        List<Spool.Spooled> read = read(600);
        spool.acknowledged(read.get(299).end());

        reopen();

        assertThat(spool.unread(true)).isEqualTo(700 * 10);
        append(1000, 1);
        List<Spool.Spooled> rest = read(5000);
        assertThat(sequences(rest)).containsExactlyElementsOf(range(300, 1001));
        assertThat(rest.getFirst().inherited()).isTrue();
        assertThat(rest.getLast().inherited()).isFalse();
    }

    @Test
    void afterAKillNothingIsMissingAndLittleIsRepeated() {
        append(0, 3000);
        List<Spool.Spooled> read = read(3000);
        spool.acknowledged(read.get(1999).end());

        reopenWithoutClosing();

        List<Long> rest = sequences(read(5000));
        assertThat(rest.getFirst()).isLessThanOrEqualTo(2000);
        assertThat(rest).containsExactlyElementsOf(range(rest.getFirst(), 3000));
        assertThat(2000 - rest.getFirst()).isLessThan(600);
    }

    @Test
    void aBatchInFlightIsForTheNextRunOnly() {
        Batch batch = batch(7, 10, EventType.OPENAT);
        assertThat(spool.keep(batch)).isNotNull();
        append(8, 1);

        assertThat(sequences(read(9))).containsExactly(8L);
        reopen();
        assertThat(sequences(read(9))).containsExactly(7L, 8L);
    }

    @Test
    void aTornTailIsCutOff() throws IOException {
        append(0, 10);
        reopenWithoutClosing();
        Path segment = segment(1);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(file.length() - 5);
        }
        reopenWithoutClosing();

        assertThat(spool.unread(true)).isEqualTo(90);
        assertThat(sequences(read(99))).containsExactlyElementsOf(range(0, 9));
        assertThat(spool.losses().inherited()).isZero();
    }

    @Test
    void damageIsCountedAndTheNextSegmentIsRead() throws IOException {
        append(0, 3000);
        long firstOfSecond = sequenceAt(2);
        try (RandomAccessFile file = new RandomAccessFile(segment(1).toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[] {1, 2, 3, 4});
        }

        List<Long> read = sequences(read(5000));

        assertThat(read).containsAll(range(firstOfSecond, 3000)).hasSizeLessThan(3000);
        assertThat(spool.losses().damaged()).isEqualTo((3000 - read.size()) * 10L);
        assertThat(spool.unread(false)).isZero();
    }

    @Test
    void hostileBytesAreReadOrRefused() throws IOException {
        append(0, 20);
        byte[] good = Files.readAllBytes(segment(1));
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j < 4; j++) {
                bad[random.nextInt(j == 0 ? 60 : bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(segment(1), bad);
            reopenWithoutClosing();
            assertThat(read(100)).hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void otherFilesAndLinksAreLeftAlone() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "keep me");
        Files.createSymbolicLink(directory.path().resolve("1.spool"), secret);
        Files.writeString(directory.path().resolve("notes.spool"), "x");

        assertThatThrownBy(this::reopen).hasMessageContaining("cannot read the spool");
        assertThat(secret).hasContent("keep me");
        directory.close();
        Files.delete(directory.path().resolve("1.spool"));
        open();
    }

    @Test
    void theOldestOfTheLowestRankGoFirstAndTheirBatchesStayInTheSequence() {
        int sent = 0;
        for (; spool.losses().full() == 0; sent++) {
            spool.append(batch(sent, 40, EventType.OPENAT, EventType.OPENAT, EventType.CONNECT, EventType.EXECVE));
        }
        assertThat(spool.bytes()).isLessThanOrEqualTo(LIMIT);
        assertThat(spool.losses().byRank()).startsWith("open ").doesNotContain(",");

        List<Spool.Spooled> read = read(sent);

        assertThat(sequences(read)).containsExactlyElementsOf(range(0, sent));
        assertThat(read.stream().mapToLong(next -> cursor(next).lost()).sum())
                .isEqualTo(spool.losses().full());
        assertThat(read.stream().mapToLong(next -> next.batch().events()).sum()
                        + spool.losses().full())
                .isEqualTo(40L * sent);
        boolean[] thinned = new boolean[sent];
        for (int i = 0; i < sent; i++) {
            thinned[i] = cursor(read.get(i)).lost() > 0;
        }
        long last =
                LongStream.range(0, sent).filter(i -> thinned[(int) i]).max().orElseThrow();
        assertThat(last).as("the newest are whole").isLessThan(sent / 2);
    }

    @Test
    void underConstantPressureProcessEventsGoLastAndTheBoundHolds() {
        for (int sent = 0; sent < 30_000; sent++) {
            assertThat(spool.append(batch(sent, 10, EventType.OPENAT, EventType.CONNECT, EventType.EXECVE)))
                    .isTrue();
        }
        assertThat(spool.bytes()).isLessThanOrEqualTo(LIMIT);
        assertThat(spool.losses().byRank()).matches("open \\d+, network \\d+.*");
        long waiting = spool.unread(false);
        assertThat(read(40_000).stream()
                        .mapToLong(next -> next.batch().events())
                        .sum())
                .isEqualTo(waiting);
        assertThat(waiting + spool.losses().full()).isEqualTo(300_000);
    }

    @Test
    void onlyTheOwnerMayLookAndOnlyOneCollectorMayUseIt() throws IOException {
        append(0, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment(1))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> StateDirectory.open(directory.path()))
                .hasMessageContaining("another collector")
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        directory.close();
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> StateDirectory.open(directory.path())).hasMessageContaining("chmod 700");
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwx------"));
        open();
    }

    @Test
    void aFailingDiskIsReportedAndLosesNothingThatWasAccepted() throws IOException {
        append(0, 5);
        read(1);
        Path moved = folder.resolve("moved");
        Files.move(directory.path(), moved);
        long accepted = 5;
        while (spool.append(batch(accepted, 10, EventType.OPENAT))) {
            accepted++; // into the open file, until the next segment cannot be made
        }
        assertThat(spool.failure()).isPresent();
        assertThat(spool.append(batch(accepted, 10, EventType.OPENAT))).isFalse();
        Files.move(moved, directory.path());

        assertThat(sequences(read(20_000))).containsExactlyElementsOf(range(1, accepted));
    }

    private void append(long from, int count) {
        for (long i = from; i < from + count; i++) {
            assertThat(spool.append(batch(i, 10, EventType.OPENAT))).isTrue();
        }
    }

    /// Its events have the given types in turn, and paths that do not compress well.
    private Batch batch(long sequence, int events, EventType... types) {
        writer.begin(new BatchHeader("web-1", 0, sequence, 1, sequence * events, 1));
        for (int i = 0; i < events; i++) {
            writer.beginEvent(types[i % types.length].number(), 1, -1, 1, 0, 0);
            writer.arguments(0);
            writer.paths(1);
            byte[] path = new byte[70];
            for (int j = 0; j < path.length; j++) {
                path[j] = (byte) ('a' + random.nextInt(26));
            }
            writer.path(path, 0, path.length);
            writer.noDescriptor();
        }
        return new Batch(0, writer.finish(0, 7), events);
    }

    private List<Spool.Spooled> read(int most) {
        List<Spool.Spooled> read = new ArrayList<>();
        for (Spool.@Nullable Spooled next = spool.peek(); next != null && read.size() < most; next = spool.peek()) {
            read.add(next);
            spool.advance();
        }
        return read;
    }

    private static BatchCursor cursor(Spool.Spooled read) {
        BatchCursor cursor = new BatchCursor().wrap(read.batch().value());
        cursor.check();
        return cursor;
    }

    private static List<Long> sequences(List<Spool.Spooled> read) {
        return read.stream().map(next -> cursor(next).sequence()).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private Path segment(int number) {
        return directory.path().resolve(number + ".spool");
    }

    private long sequenceAt(int segment) throws IOException {
        try (SpoolRecord record = new SpoolRecord()) {
            Segment found = Segment.recover(directory, segment, 0, record).segment();
            Batch first = Objects.requireNonNull(found.read(Segment.HEADER_BYTES, record));
            found.close();
            return new BatchCursor().wrap(first.value()).sequence();
        }
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory.path())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
