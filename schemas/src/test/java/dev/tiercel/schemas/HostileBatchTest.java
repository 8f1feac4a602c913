package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.tiercel.schemas.BadRecordException.Reason;
import dev.tiercel.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Malicious bytes: the cursor rejects them quickly and with little memory.
@Timeout(60)
class HostileBatchTest {

    static LongStream seeds() {
        return Seeds.seeds(40);
    }

    @Test
    void framingIsChecked() {
        assertReason(Reason.TOO_SHORT, new byte[] {0, 0, 0, 1});
        assertReason(Reason.MAGIC, new byte[] {1, 0, 0, 0, 1, 0});
        assertReason(Reason.CORRUPT, new byte[] {0, 0, 0, 0, 1});
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTruncationIsDetected(long seed) {
        byte[] record = record(seed);
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatExceptionOfType(BadRecordException.class)
                    .as("seed=%d length=%d of %d", seed, length, record.length)
                    .isThrownBy(() -> readAll(cut));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyChangedByteIsReadOrRefused(long seed) {
        byte[] record = record(seed);
        RandomGenerator random = Seeds.random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] changed = record.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertReadOrRefused(changed, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noiseIsReadOrRefused(long seed) {
        RandomGenerator random = Seeds.random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[5 + random.nextInt(300)];
            random.nextBytes(noise);
            Arrays.fill(noise, 0, 5, (byte) 0);
            assertReadOrRefused(noise, seed);
        }
    }

    @Test
    void bytesAfterTheLastEventAreRefused() {
        byte[] record = record(1);
        assertReason(Reason.CORRUPT, Arrays.copyOf(record, record.length + 1));
    }

    @Test
    void impossibleCountsAreRefusedBeforeAllocation() {
        for (long count : new long[] {1L << 20, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertReason(Reason.CORRUPT, batch(out -> out.writeLong(count)));
            assertReason(Reason.CORRUPT, batch(out -> sized(out, count, 8)));
            assertReason(Reason.CORRUPT, batch(out -> {
                out.writeLong(0);
                out.writeLong(0);
                out.writeLong(count);
            }));
        }
    }

    @Test
    void impossibleBlockSizesAreRefused() {
        for (long size : new long[] {-1, 1000, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertReason(Reason.CORRUPT, batch(out -> sized(out, -1, size)));
        }
    }

    @Test
    void aBlockOfAnotherLengthThanAnnouncedIsRefused() {
        byte[] process = new ProcessEncoder().encode();
        for (int off : new int[] {-1, 1}) {
            byte[] record = batch(out -> {
                sized(out, -1, process.length + 4 + off);
                for (int i = 0; i < 4; i++) {
                    out.writeLong(-1);
                }
                out.raw(process, 0, process.length);
                for (int i = 0; i < 4; i++) {
                    out.writeLong(0);
                }
            });
            assertThatExceptionOfType(BadRecordException.class)
                    .as("off by %d", off)
                    .isThrownBy(() -> readAll(record));
        }
    }

    @Test
    void impossibleLengthsAreRefused() {
        for (long length : new long[] {-1, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40, Long.MIN_VALUE}) {
            AvroOutput node = new AvroOutput(16);
            node.writeLong(length);
            assertReason(Reason.CORRUPT, BatchModel.framed(1, node.toByteArray()));
        }
    }

    @Test
    void numbersLongerThanTheirTypeAreRefused() {
        byte[] overlong = new byte[16];
        Arrays.fill(overlong, (byte) 0x80);
        assertReason(Reason.CORRUPT, BatchModel.framed(1, overlong));
        byte[] tooLarge = {
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            2,
            0
        };
        assertReason(Reason.CORRUPT, BatchModel.framed(1, tooLarge));
        AvroOutput lane = new AvroOutput(16);
        lane.writeString("node");
        lane.writeLong(1L << 40);
        assertReason(Reason.CORRUPT, BatchModel.framed(1, lane.toByteArray()));
    }

    @Test
    void indicesOutsideTheBatchAreRefused() {
        for (int wrong : new int[] {-2, 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            byte[] body = new ProcessEncoder().encode();
            BatchWriter writer = new BatchWriter();
            writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
            writer.addProcess(wrong, -1, -1, -1, body, body.length);
            byte[] record = writer.finish(0, 1);
            assertReason(Reason.CORRUPT, record);
        }
    }

    @Test
    void aMillionOneItemBlocksTakeTheTimeOfAMillionItems() {
        int blocks = 1_000_000;
        AvroOutput namespaces = new AvroOutput(1 << 20);
        for (int i = 0; i < blocks; i++) {
            namespaces.writeLong(1);
            namespaces.writeLong(7);
        }
        namespaces.writeLong(0);
        byte[] process = new ProcessEncoder().encode();
        // what is not set takes one byte, the array of namespaces and whatever follows it too
        List<ProcessAttribute> attributes = List.of(ProcessAttribute.values());
        int end = process.length - attributes.size() + attributes.indexOf(ProcessAttribute.NAMESPACES);
        byte[] record = batch(out -> {
            out.writeLong(1);
            for (int i = 0; i < 4; i++) {
                out.writeLong(-1);
            }
            out.raw(process, 0, end);
            byte[] many = namespaces.toByteArray();
            out.raw(many, 0, many.length);
            out.raw(process, end + 1, process.length - end - 1);
            out.writeLong(0);
            out.writeLong(0);
            out.writeLong(0);
        });

        BatchCursor cursor = new BatchCursor().wrap(record);

        assertThat(cursor.process(0).numbers(ProcessAttribute.NAMESPACES)).hasSize(blocks);
    }

    /// A batch whose own fields are right and whose arrays the caller writes.
    private static byte[] batch(Consumer<AvroOutput> arrays) {
        AvroOutput out = new AvroOutput(64);
        out.writeString("node");
        for (int i = 0; i < 6; i++) {
            out.writeLong(i);
        }
        arrays.accept(out);
        return BatchModel.framed(1, out.toByteArray());
    }

    private static void sized(AvroOutput out, long count, long size) {
        out.writeLong(count < 0 ? count : -count);
        out.writeLong(size);
    }

    private static byte[] record(long seed) {
        return BatchModel.write(new BatchWriter(), new BatchGenerator(Seeds.random(seed)).batch(), 1);
    }

    private static void readAll(byte[] record) {
        BatchCursor cursor = new BatchCursor().wrap(record);
        cursor.check();
        BatchModel.read(cursor);
    }

    private static void assertReason(Reason reason, byte[] record) {
        assertThatExceptionOfType(BadRecordException.class)
                .as(() -> Arrays.toString(record))
                .isThrownBy(() -> readAll(record))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void assertReadOrRefused(byte[] record, long seed) {
        assertThatNoException()
                .as(() -> "seed=" + seed + " " + Arrays.toString(record))
                .isThrownBy(() -> {
                    try {
                        readAll(record);
                    } catch (BadRecordException e) {
                        assertThat(e.reason()).isNotNull();
                    }
                });
    }
}
