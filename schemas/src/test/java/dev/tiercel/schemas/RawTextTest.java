package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.RawBytes;
import dev.tiercel.testkit.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTextTest {

    private static final int ROUNDS = 200_000;

    @Test
    void everyByteStringHasItsOwnTextAndEveryTextItsBytes() {
        RandomGenerator random = Seeds.random(45);
        Map<String, byte[]> seen = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = RawBytes.random(random);
            String text = RawText.of(bytes);

            assertThat(RawText.bytes(text)).isEqualTo(bytes);
            assertThat(text.getBytes(UTF_8)).as("valid Unicode").isEqualTo(utf8AndBack(text));
            assertThat(RawText.length(text)).isEqualTo(bytes.length);
            byte[] same = seen.putIfAbsent(text, bytes);
            assertThat(same == null || Arrays.equals(same, bytes)).isTrue();
        }
    }

    private static byte[] utf8AndBack(String text) {
        return new String(text.getBytes(UTF_8), UTF_8).getBytes(UTF_8);
    }

    @Test
    void unicodeIsItselfUnlessReserved() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String string = Character.toString(c);
                String text = RawText.of(string.getBytes(UTF_8));
                assertThat(text.equals(string)).as("U+%X", c).isEqualTo(c < 0x10FF80);
                assertThat(RawText.ofUnicode(string)).isEqualTo(text);
                assertThat(RawText.sanitised(text)).isEqualTo(string);
                assertThat(RawText.isUtf8(text)).isTrue();
            }
        }
    }

    @Test
    void bytesAreReadOneByOneAsAtOnce() {
        RandomGenerator random = Seeds.random(46);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = RawBytes.random(random);
            String text = RawText.of(bytes);
            int at = 0;
            for (byte expected : bytes) {
                assertThat(RawText.byteAt(text, at)).isEqualTo(expected & 0xff);
                at = RawText.next(text, at);
            }
            assertThat(at).isEqualTo(RawText.end(text));
        }
    }

    @Test
    void textsAreOrderedAsTheirBytes() {
        RandomGenerator random = Seeds.random(47);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] one = RawBytes.random(random);
            byte[] other = random.nextBoolean() ? RawBytes.random(random) : RawBytes.changed(random, one);
            assertThat(Integer.signum(RawText.compare(RawText.of(one), RawText.of(other))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
        }
    }

    /// Where bytes are no part of characters with what stands around them, texts have parts where bytes have.
    @Test
    void aPartOfTheBytesIsAPartOfTheTextUnlessItOpensOrEndsWithinACharacter() {
        RandomGenerator random = Seeds.random(48);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = RawBytes.random(random);
            int from = random.nextInt(bytes.length + 1);
            int to = random.nextInt(from, bytes.length + 1);
            String text = RawText.of(bytes);
            String part = RawText.of(bytes, from, to - from);
            if (!RawText.opensWithin(part) && !RawText.endsWithin(part)) {
                assertThat(text).contains(part);
            }
            String start = RawText.of(bytes, 0, to);
            if (!RawText.endsWithin(start)) {
                assertThat(text).startsWith(start);
            }
            String end = RawText.of(bytes, from, bytes.length - from);
            if (!RawText.opensWithin(end)) {
                assertThat(text).endsWith(end);
            }
            assertThat(RawText.rejoined(start + RawText.of(bytes, to, bytes.length - to)))
                    .isEqualTo(text);
        }
    }

    /// As Unicode's table 3-8 and 3-9 to 3-11 have it, and as nlohmann::json and RE2's callers in Falco do.
    @ParameterizedTest
    @CsvSource({
        "61 80 7a,                          a\uFFFDz",
        "c0 af e0 80 bf f0 81 82 41,        \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
        "ed a0 80 ed bf bf ed af 41,        \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
        "f4 91 92 93 ff 41 80 bf 42,        \uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB",
        "e1 80 e2 f0 91 92 f1 bf 41,        \uFFFD\uFFFD\uFFFD\uFFFDA",
        "c3 a9 c3,                          é\uFFFD",
    })
    void illFormedBytesAreShownAsUnicodeRecommends(String hexadecimal, String shown) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hexadecimal);
        assertThat(RawText.sanitised(RawText.of(bytes))).isEqualTo(shown);
        assertThat(RawText.isUtf8(RawText.of(bytes))).isFalse();
    }

    @Test
    void aPrefixCutsNoCharacter() {
        String text = RawText.of(new byte[] {'a', (byte) 0xc3, (byte) 0xa9, (byte) 0xff, 'b'});
        assertThat(RawText.prefix(text, 0)).isEmpty();
        assertThat(RawText.prefix(text, 2)).isEqualTo("a");
        assertThat(RawText.prefix(text, 3)).isEqualTo("aé");
        assertThat(RawText.prefix(text, 4)).isEqualTo("aé\uDBFF\uDFFF");
        assertThat(RawText.prefix(text, 9)).isSameAs(text);
    }
}
