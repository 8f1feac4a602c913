package dev.tiercel.correlation.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// States that are longer than a record of a changelog may be, in parts: whoever makes up values decides how long the
/// state of their key is.
///
/// The value of the key is then a *note*: a byte that no state begins with, and the length. The parts follow under keys
/// of their own: that of the state, with [#KIND] as the first byte and a number at the end.
public final class LongStates {
    /// First byte of the key of a part.
    public static final byte KIND = 'b';

    /// With a key as long as a match may be, well below the mebibyte that brokers and producers allow by default.
    public static final int PART = 256 << 10;

    private static final byte NOTE = -1;
    private static final int NOTE_LENGTH = 1 + Integer.BYTES;

    private LongStates() {}

    /// Writes a state.
    ///
    /// @param state  null: it is forgotten
    /// @param before length of the one that it replaces; 0: none
    public static void put(StateStore store, byte[] key, byte @Nullable [] state, int before) {
        int length = state == null ? 0 : state.length;
        int parts = parts(length);
        for (int part = 0; part < parts; part++) {
            int from = part * PART;
            store.put(partKey(key, part), Arrays.copyOfRange(state, from, Math.min(from + PART, length)));
        }
        for (int part = parts; part < parts(before); part++) store.put(partKey(key, part), null);
        store.put(key, parts == 0 ? state : note(length));
    }

    /// The state of which the store has this value.
    ///
    /// @throws BadStateException if a part of it is missing
    public static byte[] whole(StateStore store, byte[] key, byte[] value) {
        if (!isNote(value)) return value;
        int length = length(value);
        ByteArrayOutputStream state = new ByteArrayOutputStream(PART);
        for (int part = 0; part < parts(length); part++) {
            byte[] bytes = store.get(partKey(key, part));
            if (bytes == null) throw new BadStateException("part %d of %d bytes is missing".formatted(part, length));
            state.writeBytes(bytes);
        }
        if (state.size() != length) {
            throw new BadStateException("%d bytes, %d were written".formatted(state.size(), length));
        }
        return state.toByteArray();
    }

    /// Length of the state of which the store has this value.
    public static int length(byte[] value) {
        return isNote(value) ? Math.max(0, ByteBuffer.wrap(value).getInt(1)) : value.length;
    }

    private static byte[] partKey(byte[] state, int number) {
        return ByteBuffer.allocate(state.length + Integer.BYTES)
                .put(KIND)
                .put(state, 1, state.length - 1)
                .putInt(number)
                .array();
    }

    private static boolean isNote(byte[] value) {
        return value.length == NOTE_LENGTH && value[0] == NOTE;
    }

    private static byte[] note(int length) {
        return ByteBuffer.allocate(NOTE_LENGTH).put(NOTE).putInt(length).array();
    }

    private static int parts(int length) {
        return length <= PART ? 0 : (length - 1) / PART + 1;
    }
}
