package dev.tiercel.correlation;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// States that are longer than a record of a changelog may be, in parts: whoever makes up values decides how long the
/// state of their key is.
///
/// The value of the key is then a *note*: a byte that no state begins with, and the length. The parts follow under keys
/// of their own ([StoreKeys#part]).
final class LongStates {
    /// With a key as long as a match may be, well below the mebibyte that brokers and producers allow by default.
    static final int PART = 256 << 10;

    private static final byte NOTE = -1;
    private static final int NOTE_LENGTH = 1 + Integer.BYTES;

    private LongStates() {}

    /// Writes a state.
    ///
    /// @param state  null: it is forgotten
    /// @param before length of the one that it replaces; 0: none
    static void put(StateStore store, byte[] key, byte @Nullable [] state, int before) {
        int length = state == null ? 0 : state.length;
        int parts = parts(length);
        for (int part = 0; part < parts; part++) {
            int from = part * PART;
            store.put(StoreKeys.part(key, part), Arrays.copyOfRange(state, from, Math.min(from + PART, length)));
        }
        for (int part = parts; part < parts(before); part++) store.put(StoreKeys.part(key, part), null);
        store.put(key, parts == 0 ? state : note(length));
    }

    /// The state of which the store has this value.
    ///
    /// @throws BadStateException if a part of it is missing
    static byte[] whole(StateStore store, byte[] key, byte[] value) {
        if (!isNote(value)) return value;
        int length = length(value);
        ByteArrayOutputStream state = new ByteArrayOutputStream(PART);
        for (int part = 0; part < parts(length); part++) {
            byte[] bytes = store.get(StoreKeys.part(key, part));
            if (bytes == null) throw new BadStateException("part %d of %d bytes is missing".formatted(part, length));
            state.writeBytes(bytes);
        }
        if (state.size() != length) {
            throw new BadStateException("%d bytes, %d were written".formatted(state.size(), length));
        }
        return state.toByteArray();
    }

    /// Length of the state of which the store has this value.
    static int length(byte[] value) {
        return isNote(value) ? Math.max(0, ByteBuffer.wrap(value).getInt(1)) : value.length;
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
