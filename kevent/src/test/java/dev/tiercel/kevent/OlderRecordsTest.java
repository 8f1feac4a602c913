package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A struct that has grown by numbers since a record was made.
class OlderRecordsTest {
    private static final int GROWTH = 16;

    private final ByteBuffer record = ByteBuffer.allocateDirect(Records.MAX_LENGTH);
    private final OlderRecords older = new OlderRecords(grownOnce());

    /// The structs as a version after this one has them.
    private static Map<Integer, OlderRecords.Growth> grownOnce() {
        return OlderRecords.GROWN.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new OlderRecords.Growth(
                                entry.getValue().oldest(),
                                entry.getValue().size() + GROWTH,
                                entry.getValue().firstLength(),
                                entry.getValue().lastLength())));
    }

    @ParameterizedTest
    @ValueSource(ints = {KeventType.EXEC, KeventType.SYSCALL, KeventType.OPEN})
    void theNumbersThatItLacksAreZeroAndItsStringsFollowThem(int type) {
        Map<String, Object> set = new HashMap<>();
        Records.Codec codec = Records.codec(type);
        int size = codec.size();
        int length = Records.write(new SplittableRandom(type), codec, record, 0, set);

        int grown = older.grow(record, 0, length);

        ByteBuffer made = older.grown();
        assertThat(grown).isEqualTo(length + GROWTH);
        assertThat(LittleEndian.int32(made, HeaderDecoder.LENGTH)).isEqualTo(grown);
        assertThat(LittleEndian.bytes(made, 12, size - 12)).isEqualTo(LittleEndian.bytes(record, 12, size - 12));
        assertThat(LittleEndian.bytes(made, size, GROWTH)).containsOnly(0);
        assertThat(LittleEndian.bytes(made, size + GROWTH, length - size))
                .isEqualTo(LittleEndian.bytes(record, size, length - size));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 100, 247})
    void aRecordThatEndsBeforeItsStringsIsNotSound(int length) {
        int whole = new ExecEncoder().wrap(record, 0).exe("/bin/true").finish();

        assertThat(older.grow(record, 0, length)).isEqualTo(-1);
        assertThat(older.grow(record, 0, whole + GROWTH + 1)).isEqualTo(-1);
        assertThat(older.grow(record, 0, 248)).isEqualTo(-1);
    }
}
