package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final KeventHandler IGNORE = (data, offset, length) -> {};
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);

    private int exit(int code) {
        return new ExitEncoder().wrap(scratch, 0).code(code).finish();
    }

    private static boolean write(RingWriter writer, ByteBuffer record, int length) {
        return writer.tryWrite(record, 0, length);
    }

    private static List<Integer> drainCodes(Ring ring, int limit) {
        List<Integer> codes = new ArrayList<>();
        ExitDecoder decoder = new ExitDecoder();
        int drained = ring.drain(
                (data, offset, length) -> {
                    decoder.wrap(data, offset);
                    codes.add(decoder.code());
                },
                limit);
        assertThat(drained).isEqualTo(codes.size());
        return codes;
    }

    @Test
    void drainsInOrderAndStopsAtTheLimit() {
        RingWriter writer = new RingWriter(1024);
        for (int i = 0; i < 5; i++) {
            assertThat(write(writer, scratch, exit(i))).isTrue();
        }
        assertThat(drainCodes(writer.ring(), 3)).containsExactly(0, 1, 2);
        assertThat(drainCodes(writer.ring(), 3)).containsExactly(3, 4);
        assertThat(drainCodes(writer.ring(), 3)).isEmpty();
        assertThat(writer.ring().pendingBytes()).isZero();
    }

    @Test
    void stopsAtTheFirstUnsubmittedRecord() {
        RingWriter writer = new RingWriter(1024);
        long reserved = writer.tryReserve(exit(1));
        writer.fill(reserved, scratch, 0, ExitDecoder.SIZE);
        write(writer, scratch, exit(2));
        assertThat(drainCodes(writer.ring(), 9)).isEmpty();
        writer.submit(reserved);
        assertThat(drainCodes(writer.ring(), 9)).containsExactly(1, 2);
    }

    @Test
    void skipsDiscardedRecords() {
        RingWriter writer = new RingWriter(1024);
        writer.discard(writer.tryReserve(exit(1)));
        write(writer, scratch, exit(2));
        assertThat(drainCodes(writer.ring(), 9)).containsExactly(2);
        assertThat(writer.ring().discarded()).isEqualTo(1);
    }

    @Test
    void refusesToWriteWhenFullAndFreesTheSpaceAtTheEndOfADrain() {
        RingWriter writer = new RingWriter(256);
        int written = 0;
        while (write(writer, scratch, exit(written))) {
            written++;
        }
        assertThat(written).isEqualTo(3);
        assertThat(drainCodes(writer.ring(), 1)).containsExactly(0);
        assertThat(write(writer, scratch, exit(3))).isTrue();
        assertThat(drainCodes(writer.ring(), 9)).containsExactly(1, 2, 3);
    }

    @Test
    void freesSpaceDuringALongDrain() {
        RingWriter writer = new RingWriter(128 * 1024);
        while (write(writer, scratch, exit(0))) {
            // fills it
        }
        List<Boolean> room = new ArrayList<>();
        writer.ring().drain((data, offset, length) -> room.add(writer.tryReserve(ExitDecoder.SIZE) >= 0), 1500);
        assertThat(room.getFirst()).isFalse();
        assertThat(room.indexOf(true)).isEqualTo(64 * 1024 / 80 + 1);
    }

    @Test
    void aHandlerThatThrowsCostsItsRecordOnly() {
        RingWriter writer = new RingWriter(1024);
        write(writer, scratch, exit(1));
        write(writer, scratch, exit(2));
        assertThatThrownBy(() -> writer.ring()
                        .drain(
                                (data, offset, length) -> {
                                    throw new IllegalStateException("no");
                                },
                                9))
                .hasMessage("no");
        assertThat(drainCodes(writer.ring(), 9)).containsExactly(2);
    }

    @Test
    void countsRecordsThatAreShorterThanTheirStruct() {
        RingWriter writer = new RingWriter(4096);
        new OpenEncoder().wrap(scratch, 0).finish();
        for (int length : new int[] {0, 1, HeaderDecoder.SIZE - 1, HeaderDecoder.SIZE, OpenDecoder.SIZE - 1}) {
            LittleEndian.putInt32(scratch, HeaderDecoder.LENGTH, length);
            write(writer, scratch, length);
        }
        assertThat(writer.ring().drain(IGNORE, 9)).isZero();
        assertThat(writer.ring().malformed()).isEqualTo(5);
    }

    @Test
    void countsRecordsWhoseStringsLieBeyondTheirEnd() {
        RingWriter writer = new RingWriter(4096);
        int length = new OpenEncoder().wrap(scratch, 0).path("/etc/shadow").finish();
        LittleEndian.putInt16(scratch, OpenDecoder.FILE_LEN, 0xffff);
        write(writer, scratch, length);
        LittleEndian.putInt16(scratch, OpenDecoder.FILE_LEN, 1);
        write(writer, scratch, length);
        LittleEndian.putInt16(scratch, OpenDecoder.FILE_LEN, 0);
        write(writer, scratch, length);
        assertThat(writer.ring().drain(IGNORE, 9)).isEqualTo(1);
        assertThat(writer.ring().malformed()).isEqualTo(2);
    }

    @Test
    void countsRecordsThatClaimMoreBytesThanWereSubmitted() {
        RingWriter writer = new RingWriter(4096);
        int length = exit(1);
        LittleEndian.putInt32(scratch, HeaderDecoder.LENGTH, length + 1);
        write(writer, scratch, length);
        LittleEndian.putInt32(scratch, HeaderDecoder.LENGTH, -1);
        write(writer, scratch, length);
        assertThat(writer.ring().drain(IGNORE, 9)).isZero();
        assertThat(writer.ring().malformed()).isEqualTo(2);
    }

    @Test
    void handsOutUnknownTypes() {
        RingWriter writer = new RingWriter(4096);
        int length = exit(1);
        LittleEndian.putInt16(scratch, HeaderDecoder.TYPE, 999);
        write(writer, scratch, length);
        assertThat(writer.ring().drain(IGNORE, 9)).isEqualTo(1);
    }

    @Test
    void refusesBuffersThatCannotBeARing() {
        ByteBuffer page = ByteBuffer.allocateDirect(8);
        assertThatThrownBy(() -> new Ring(page, page, ByteBuffer.allocateDirect(2000), 1000))
                .hasMessageContaining("size=1000");
        assertThatThrownBy(() -> new Ring(page, page, ByteBuffer.allocateDirect(1024), 1024))
                .hasMessage("data direct=true bytes=1024 needed=1032");
        assertThatThrownBy(() -> new Ring(page, page, ByteBuffer.allocate(2048), 1024))
                .hasMessageContaining("direct=false");
    }

    @Test
    void refusesImpossiblePositions() {
        ByteBuffer consumer = ByteBuffer.allocateDirect(8);
        ByteBuffer producer = ByteBuffer.allocateDirect(8);
        Ring ring = new Ring(consumer, producer, ByteBuffer.allocateDirect(2048), 1024);
        LittleEndian.putInt64(producer, 0, 1025);
        assertThatThrownBy(() -> ring.drain(IGNORE, 1)).hasMessageContaining("producer=1025");
        LittleEndian.putInt64(producer, 0, 16);
        LittleEndian.putInt64(consumer, 0, 24);
        assertThatThrownBy(() -> ring.drain(IGNORE, 1)).hasMessageContaining("consumer=24");
    }

    /// The mapping ends some bytes behind the data area: a record may end there, and not later.
    @Test
    void refusesRecordsThatExceedTheMapping() {
        ByteBuffer consumer = ByteBuffer.allocateDirect(8);
        ByteBuffer producer = ByteBuffer.allocateDirect(8);
        ByteBuffer data = ByteBuffer.allocateDirect(1024 + 64);
        Ring ring = new Ring(consumer, producer, data, 1024);
        LittleEndian.putInt64(consumer, 0, 1024 - 8);
        LittleEndian.putInt64(producer, 0, 1024 + 64);
        LittleEndian.putInt32(data, 1024 - 8, 64);
        assertThat(ring.drain(IGNORE, 1)).isZero();
        assertThat(ring.malformed()).isEqualTo(1);
        LittleEndian.putInt64(consumer, 0, 1024 - 8);
        LittleEndian.putInt64(producer, 0, 1024 + 72);
        LittleEndian.putInt32(data, 1024 - 8, 72);
        assertThatThrownBy(() -> ring.drain(IGNORE, 1)).hasMessageContaining("offset=1016 length=72");
    }

    /// One thread reserves and then submits or discards at random while another drains: every record arrives once, in
    /// order and whole.
    @Test
    void losesNothingBetweenTwoThreads() {
        int records = 400_000;
        RingWriter writer = new RingWriter(16 * 1024);
        CompletableFuture<Integer> kept = CompletableFuture.supplyAsync(() -> produce(writer, records));
        Received received = new Received();
        long drained = 0;
        while (!kept.isDone() || writer.ring().pendingBytes() > 0) {
            int count = writer.ring().drain(received, 100);
            drained += count;
            if (count == 0) {
                Thread.onSpinWait();
            }
        }
        assertThat(drained).isEqualTo(kept.join().longValue());
        assertThat(writer.ring().discarded()).isEqualTo(records - drained);
        assertThat(writer.ring().malformed()).isZero();
        assertThat(received.wrong).isZero();
    }

    private static int produce(RingWriter writer, int records) {
        SplittableRandom random = new SplittableRandom(7);
        ByteBuffer record = ByteBuffer.allocateDirect(8 * 1024);
        OpenEncoder encoder = new OpenEncoder();
        int kept = 0;
        for (int i = 0; i < records; i++) {
            byte[] path = new byte[random.nextInt(200)];
            java.util.Arrays.fill(path, (byte) i);
            int length = encoder.wrap(record, 0).ino(i).path(path).finish();
            long at = writer.tryReserve(length);
            while (at < 0) {
                Thread.onSpinWait();
                at = writer.tryReserve(length);
            }
            writer.fill(at, record, 0, length);
            if (random.nextInt(10) == 0) {
                writer.discard(at);
            } else {
                writer.submit(at);
                kept++;
            }
        }
        return kept;
    }

    private static final class Received implements KeventHandler {
        private final OpenDecoder open = new OpenDecoder();
        private long last = -1;
        private long wrong;

        @Override
        public void onRecord(ByteBuffer data, int offset, int length) {
            open.wrap(data, offset);
            boolean whole = open.ino() > last && length == OpenDecoder.SIZE + open.pathLength();
            for (int i = 0; i < open.pathLength(); i++) {
                whole &= data.get(open.pathOffset() + i) == (byte) open.ino();
            }
            last = open.ino();
            wrong += whole ? 0 : 1;
        }
    }

    @Test
    void recordsOfEveryTypeSurviveTheWrap() {
        SplittableRandom random = new SplittableRandom(11);
        RingWriter writer = new RingWriter(8 * 1024);
        ByteBuffer record = ByteBuffer.allocateDirect(Records.MAX_LENGTH);
        for (int i = 0; i < 2000; i++) {
            Records.Codec codec = Records.CODECS.get(random.nextInt(Records.CODECS.size()));
            int length = Records.write(random, codec, record, 0, new HashMap<>());
            assertThat(write(writer, record, length)).isTrue();
            int drained = writer.ring()
                    .drain(
                            (data, offset, got) ->
                                    assertThat(data.slice(offset, got)).isEqualTo(record.slice(0, length)),
                            9);
            assertThat(drained).isEqualTo(1);
        }
    }
}
