package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TextCacheTest {

    @Test
    void sameBytesGiveTheSameObject() {
        TextCache cache = new TextCache();
        byte[] bytes = "xx/etc/passwdyy".getBytes(UTF_8);
        String first = cache.text(bytes, 2, 11);
        assertThat(first).isEqualTo("/etc/passwd");
        assertThat(cache.text("/etc/passwd".getBytes(UTF_8), 0, 11)).isSameAs(first);
    }

    @Test
    void theEmptyTextIsEmpty() {
        assertThat(new TextCache().text(new byte[0], 0, 0)).isEmpty();
    }

    /// More texts than the cache holds, some too long for it, some invalid UTF-8; the bytes change afterwards.
    @Test
    void alwaysDecodesTheBytes() {
        RandomGenerator random = Seeds.random(7);
        TextCache cache = new TextCache();
        byte[] bytes = new byte[400];
        for (int i = 0; i < 4 * TextCache.ENTRIES; i++) {
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (bytes[j] < -120 ? bytes[j] : ((bytes[j] & 3) | 'a'));
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : random.nextInt(9);
            int offset = random.nextInt(bytes.length - length);
            assertThat(cache.text(bytes, offset, length))
                    .isEqualTo(new String(Arrays.copyOfRange(bytes, offset, offset + length), UTF_8));
        }
    }

    @Test
    void aBufferAssemblesTexts() {
        TextBuffer buffer = new TextBuffer();
        buffer.append("…".getBytes(UTF_8), 0, 3).append((byte) ' ').appendAscii("port ");
        for (int number : new int[] {0, 9, 10, 65_535, Integer.MAX_VALUE}) {
            buffer.appendNumber(number).append((byte) ',');
        }
        assertThat(buffer.text(new TextCache())).isEqualTo("… port 0,9,10,65535,2147483647,");
        assertThat(buffer.clear().text(new TextCache())).isEmpty();
    }
}
