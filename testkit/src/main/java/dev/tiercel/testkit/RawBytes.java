package dev.tiercel.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Random byte strings of which some parts are UTF-8, some nearly.
public final class RawBytes {

    /// First bytes, continuations and ends of ranges, of which sequences are made and broken.
    private static final int[] TELLING = {
        0x80, 0x8e, 0x8f, 0x90, 0x9f, 0xa0, 0xa9, 0xbd, 0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xdf, 0xe0, 0xe1, 0xed,
        0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xfe, 0xff
    };

    private static final String[] PIECES = {
        "a",
        "b",
        "A",
        "/",
        "é",
        "É",
        "€",
        "\uFFFD",
        "\uD7FF",
        "\uE000",
        "😀",
        "\uDBFF\uDF7F",
        "\uDBFF\uDF80",
        "\uDBFF\uDFFF"
    };

    private RawBytes() {}

    /// None to some twenty bytes, no NUL.
    public static byte[] random(RandomGenerator random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int left = random.nextInt(8); left > 0; left--) {
            switch (random.nextInt(5)) {
                case 0 -> bytes.write(1 + random.nextInt(255));
                case 1, 2 -> bytes.write(TELLING[random.nextInt(TELLING.length)]);
                default -> bytes.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /// `bytes` with one of them changed, if there is one.
    public static byte[] changed(RandomGenerator random, byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) TELLING[random.nextInt(TELLING.length)];
        }
        return changed;
    }

    /// A part of `bytes`, perhaps changed.
    public static byte[] part(RandomGenerator random, byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = random.nextInt(from, bytes.length + 1);
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        return random.nextInt(4) == 0 ? changed(random, part) : part;
    }
}
