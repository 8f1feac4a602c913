package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes of a text that is being put together, so that its string need not be made if it is known ([TextCache]).
/// Not thread-safe.
public final class TextBuffer {

    private byte[] bytes = new byte[64];
    private int length;

    /// An empty buffer.
    public TextBuffer() {}

    /// Makes it empty.
    public TextBuffer clear() {
        length = 0;
        return this;
    }

    /// Appends bytes of UTF-8.
    public TextBuffer append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Appends one byte.
    public TextBuffer append(byte one) {
        reserve(1);
        bytes[length++] = one;
        return this;
    }

    /// Appends characters, all of which are ASCII.
    public TextBuffer appendAscii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /// Appends part of a text.
    public TextBuffer append(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                byte[] rest = text.substring(i, to).getBytes(UTF_8);
                return append(rest, 0, rest.length);
            }
            append((byte) c);
        }
        return this;
    }

    /// Appends a number that is not negative, in decimal.
    public TextBuffer appendNumber(int number) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        int rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /// The text, from `texts` if it is there.
    public String text(TextCache texts) {
        return texts.text(bytes, 0, length);
    }

    /// The text of the first `count` bytes, from `texts` if it is there.
    public String text(TextCache texts, int count) {
        return texts.text(bytes, 0, count);
    }

    /// Bytes in it.
    public int length() {
        return length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
