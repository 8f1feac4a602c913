package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A struct that has grown by numbers since a record was made.
class OlderRecordsTest {
    private static final int GROWTH = 16;

    private final ByteBuffer record = ByteBuffer.allocateDirect(Records.MAX_LENGTH);
    private final OlderRecords older = new OlderRecords(ProcessDecoder.SIZE + GROWTH);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theNumbersThatItLacksAreZeroAndItsStringsFollowThem(long seed) {
        Map<String, Object> set = new HashMap<>();
        Records.Codec codec = Records.codec(KeventType.EXEC);
        int length = Records.write(new SplittableRandom(seed), codec, record, 0, set);
        int strings = length - ProcessDecoder.SIZE;

        int grown = older.grow(record, 0, length);

        ByteBuffer made = older.grown();
        assertThat(grown).isEqualTo(length + GROWTH);
        assertThat(LittleEndian.int32(made, HeaderDecoder.LENGTH)).isEqualTo(grown);
        assertThat(LittleEndian.bytes(made, 12, ProcessDecoder.SIZE - 12))
                .isEqualTo(LittleEndian.bytes(record, 12, ProcessDecoder.SIZE - 12));
        assertThat(LittleEndian.bytes(made, ProcessDecoder.SIZE, GROWTH)).containsOnly(0);
        assertThat(LittleEndian.bytes(made, ProcessDecoder.SIZE + GROWTH, strings))
                .isEqualTo(LittleEndian.bytes(record, ProcessDecoder.SIZE, strings));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 100, 247})
    void aRecordThatEndsBeforeItsStringsIsNotSound(int length) {
        int whole = new ExecEncoder().wrap(record, 0).exe("/bin/true").finish();

        assertThat(older.grow(record, 0, length)).isEqualTo(-1);
        assertThat(older.grow(record, 0, whole + GROWTH + 1)).isEqualTo(-1);
        assertThat(older.grow(record, 0, OlderRecords.OLDEST_SIZE)).isEqualTo(-1);
    }
}
