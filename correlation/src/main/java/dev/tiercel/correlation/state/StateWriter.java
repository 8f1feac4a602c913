package dev.tiercel.correlation.state;

import dev.tiercel.schemas.RawText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes states and values as bytes, of which the first is the version. A text that was written before is written
/// as its number. Reused by [#begin()].
public final class StateWriter {
    /// First byte of all that it writes.
    public static final byte VERSION = 1;

    private byte[] bytes = new byte[256];
    private int length;
    private final Map<String, Integer> texts = new HashMap<>();

    /// Starts anew.
    public StateWriter begin() {
        length = 0;
        texts.clear();
        return raw(VERSION);
    }

    /// What was written since [#begin()].
    public byte[] end() {
        return Arrays.copyOf(bytes, length);
    }

    private StateWriter raw(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private void reserve(int more) {
        while (length + more > bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }

    /// A number that is rarely negative or large.
    public StateWriter number(long value) {
        reserve(StateReader.LONGEST_NUMBER);
        byte[] into = bytes;
        int at = length;
        long rest = (value << 1) ^ (value >> 63);
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) into[at++] = (byte) (rest | 0x80);
        into[at++] = (byte) rest;
        length = at;
        return this;
    }

    /// A number of which all bits matter.
    public StateWriter word(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) raw((int) (value >>> shift));
        return this;
    }

    /// One byte.
    public StateWriter octet(int value) {
        return raw(value);
    }

    /// True or false.
    public StateWriter flag(boolean value) {
        return raw(value ? 1 : 0);
    }

    /// A text; one that was written before takes a byte or two.
    public StateWriter text(String text) {
        Integer known = texts.putIfAbsent(text, texts.size());
        if (known != null) return number(known + 1L);
        return number(0).bytes(RawText.bytes(text));
    }

    /// Bytes with their length.
    public StateWriter bytes(byte[] value) {
        number(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /// Texts with their number.
    public StateWriter texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }
}
