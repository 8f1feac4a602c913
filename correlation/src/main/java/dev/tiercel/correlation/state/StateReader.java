package dev.tiercel.correlation.state;

import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads what [StateWriter] wrote. Throws [BadStateException] at whatever it cannot have written, before it
/// allocates for it.
public final class StateReader {
    static final int LONGEST_NUMBER = 10;

    private final byte[] bytes;
    private int at;
    private final List<String> texts = new ArrayList<>();

    /// Reads from the beginning of `bytes`.
    public StateReader(byte[] bytes) {
        this.bytes = bytes;
        int version = raw();
        if (version != StateWriter.VERSION) {
            throw new BadStateException("version " + version + ", known is " + StateWriter.VERSION);
        }
    }

    private BadStateException damaged(String what) {
        return new BadStateException(what + " at byte " + at + " of " + bytes.length);
    }

    private int raw() {
        if (at >= bytes.length) throw damaged("cut off");
        return bytes[at++] & 0xff;
    }

    /// A number of any size.
    public long number() {
        long value = 0;
        for (int count = 0; count < LONGEST_NUMBER; count++) {
            int next = raw();
            value |= (long) (next & 0x7f) << (7 * count);
            if (next < 0x80) return (value >>> 1) ^ -(value & 1);
        }
        throw damaged("a number without end");
    }

    /// A number from 0 to `most`.
    public int number(int most) {
        long value = number();
        if (value < 0 || value > most) throw damaged(value + ", at most " + most + ",");
        return (int) value;
    }

    /// The size of a list whose elements take a byte or more each.
    public int size() {
        return number(bytes.length - at);
    }

    /// Eight bytes.
    public long word() {
        long value = 0;
        for (int count = 0; count < Long.BYTES; count++) value = value << 8 | raw();
        return value;
    }

    /// One byte, 0 to 255.
    public int octet() {
        return raw();
    }

    /// True or false.
    public boolean flag() {
        int value = raw();
        if (value > 1) throw damaged("flag " + value);
        return value == 1;
    }

    /// A text.
    public String text() {
        int known = number(texts.size());
        if (known > 0) return texts.get(known - 1);
        String text = RawText.of(bytes());
        texts.add(text);
        return text;
    }

    /// Bytes of any length.
    public byte[] bytes() {
        int size = size();
        at += size;
        return Arrays.copyOfRange(bytes, at - size, at);
    }

    /// Texts of any number.
    public List<String> texts() {
        int size = size();
        List<String> values = new ArrayList<>(size);
        for (int count = 0; count < size; count++) values.add(text());
        return values;
    }

    /// All that is left, as byte strings.
    public List<String> rest() {
        List<String> values = new ArrayList<>();
        while (at < bytes.length) values.add(RawText.of(bytes()));
        return values;
    }

    /// Nothing may follow.
    public void end() {
        if (at != bytes.length) throw damaged("more than expected");
    }
}
