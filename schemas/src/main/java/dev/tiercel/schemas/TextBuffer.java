package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Assembles the bytes of a text; a cached text ([TextCache]) needs no new string. Not thread-safe.
public final class TextBuffer {

    private byte[] bytes = new byte[64];
    private int length;

    /// Creates an empty buffer.
    public TextBuffer() {}

    /// Empties the buffer.
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

    /// Appends ASCII characters.
    public TextBuffer appendAscii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /// Appends a part of a text.
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

    /// Appends a non-negative number in decimal.
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

    /// The text, from `texts` if cached.
    public String text(TextCache texts) {
        return texts.text(bytes, 0, length);
    }

    /// The text of the first `count` bytes, from `texts` if cached.
    public String text(TextCache texts, int count) {
        return texts.text(bytes, 0, count);
    }

    /// Number of bytes.
    public int length() {
        return length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
