package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Randomly damaged records: whatever passes [RecordCheck], every accessor reads within the record.
class HostileRecordTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsHandedOutCanBeReadToItsLastByte(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer sound = ByteBuffer.allocateDirect(Records.MAX_LENGTH);
        int handedOut = 0;
        for (int round = 0; round < 5_000; round++) {
            Records.Codec codec = Records.CODECS.get(random.nextInt(Records.CODECS.size()));
            int length = Records.write(random, codec, sound, 0, new HashMap<>());
            ByteBuffer hostile = mutated(random, sound, length);
            int stated = RecordCheck.validLength(hostile, 0, hostile.capacity());
            if (stated >= 0) {
                assertThat(stated).isLessThanOrEqualTo(hostile.capacity());
                readEverything(hostile, stated, "seed=" + seed + " round=" + round);
                handedOut++;
            }
        }
        assertThat(handedOut).as("seed=" + seed + ": both outcomes occurred").isBetween(500, 4_500);
    }

    /// A copy whose buffer ends where the record does, with a few words of the struct changed, and sometimes cut.
    private static ByteBuffer mutated(SplittableRandom random, ByteBuffer sound, int length) {
        int kept = random.nextInt(4) == 0 ? random.nextInt(length + 1) : length;
        ByteBuffer copy = ByteBuffer.allocate(kept);
        copy.put(0, sound, 0, kept);
        for (int i = random.nextInt(3); i > 0 && kept >= 2; i--) {
            int at = random.nextInt(Math.min(kept - 1, ProcessDecoder.SIZE));
            LittleEndian.putInt16(copy, at, random.nextBoolean() ? random.nextInt(16) : random.nextInt());
        }
        return copy;
    }

    private static void readEverything(ByteBuffer record, int length, String where) {
        HeaderDecoder header = new HeaderDecoder();
        header.wrap(record, 0);
        if (header.type() < KeventType.PROCESS || header.type() > KeventType.SOCKET) {
            return;
        }
        Records.Codec codec = Records.codec(header.type());
        HeaderDecoder decoder = codec.decoder().get();
        decoder.wrap(record, 0);
        Records.methods(decoder)
                .filter(method -> method.getParameterCount() == 0)
                .forEach(method -> Records.call(decoder, method));
        for (String name : codec.strings()) {
            assertThat(Records.stringEnd(decoder, name)).as(where + " " + name).isLessThanOrEqualTo(length);
            Records.stringOf(decoder, name);
        }
    }
}
