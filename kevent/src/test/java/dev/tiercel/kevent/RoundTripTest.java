package dev.tiercel.kevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A decoder reads what its encoder wrote: every field, with random values.
class RoundTripTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decodersReadWhatEncodersWrote(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Records.Codec codec : Records.CODECS) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8 + Records.MAX_LENGTH);
            int at = random.nextInt(8);
            Map<String, Object> set = new HashMap<>();
            int length = Records.write(random, codec, buffer, at, set);

            HeaderDecoder decoder = codec.decoder().get();
            decoder.wrap(buffer, at);
            String where = "seed=" + seed + " " + codec;
            assertThat(decoder.length()).as(where).isEqualTo(length);
            assertThat(RecordCheck.validLength(buffer, at, length)).as(where).isEqualTo(length);
            for (String name : codec.strings()) {
                assertThat(Records.stringOf(decoder, name))
                        .as(where + "." + name)
                        .isEqualTo(set.remove(name));
            }
            set.forEach((name, value) -> assertField(decoder, name, ((Number) value).longValue(), where));
        }
    }

    private static void assertField(HeaderDecoder decoder, String name, long written, String where) {
        long read = Records.number(decoder, name);
        assertThat(read)
                .as(where + "." + name)
                .isIn(written, (long) (int) written, written & 0xffff_ffffL, written & 0xffffL);
    }

    @Test
    void argumentsAndAddressesKeepTheirPlaces() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        byte[] local = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        SocketEncoder encoder = new SocketEncoder().wrap(buffer, 0);
        for (int i = 0; i < 6; i++) {
            encoder.arg(i, 100L + i);
        }
        encoder.localAddr(local)
                .remoteAddr(new byte[] {127, 0, 0, 1})
                .userAddr(new byte[] {8, 8})
                .comm("nc");
        encoder.remote("/run/x.sock").finish();

        SocketDecoder decoder = new SocketDecoder();
        decoder.wrap(buffer, 0);
        assertThat(decoder.arg(0)).isEqualTo(100);
        assertThat(decoder.arg(5)).isEqualTo(105);
        assertThat(LittleEndian.bytes(buffer, decoder.localAddrOffset(), 16)).isEqualTo(local);
        assertThat(LittleEndian.bytes(buffer, decoder.remoteAddrOffset(), 16)).startsWith(127, 0, 0, 1, 0);
        assertThat(LittleEndian.bytes(buffer, decoder.userAddrOffset(), 16)).startsWith(8, 8, 0);
        assertThat(decoder.commBytes()).asString().isEqualTo("nc");
        assertThat(decoder.localLength()).isZero();
        assertThat(decoder.remoteBytes()).asString().isEqualTo("/run/x.sock");
    }

    @Test
    void textThatIsNotUtf8BecomesReplacementCharacters() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        new ExecEncoder()
                .wrap(buffer, 0)
                .cgroup(new byte[] {'a', (byte) 0xff, 'b'})
                .finish();
        ProcessDecoder decoder = new ProcessDecoder();
        decoder.wrap(buffer, 0);
        assertThat(decoder.cgroupBytes()).containsExactly('a', 0xff, 'b');
        assertThat(decoder.bytes(ProcessDecoder.field("cgroup"))).containsExactly('a', 0xff, 'b');
    }

    @Test
    void aCommOfSixteenBytesHasNoTerminator() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        new ExitEncoder().wrap(buffer, 0).comm("0123456789abcdef").finish();
        HeaderDecoder decoder = new HeaderDecoder();
        decoder.wrap(buffer, 0);
        assertThat(decoder.commBytes()).asString().isEqualTo("0123456789abcdef");
    }

    @Test
    void stringsAreSetInTheOrderOfTheStruct() {
        OpenEncoder encoder =
                new OpenEncoder().wrap(ByteBuffer.allocateDirect(512), 0).file("/b");
        assertThatThrownBy(() -> encoder.path("/a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSnapshotIsAProcessOfAnotherType() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        new ExecEncoder().wrap(buffer, 0).snapshot().finish();
        HeaderDecoder decoder = new HeaderDecoder();
        decoder.wrap(buffer, 0);
        assertThat(decoder.type()).isEqualTo(KeventType.PROCESS);
    }
}
