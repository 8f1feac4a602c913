package dev.tiercel.correlation;

import dev.tiercel.correlation.state.LongStates;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.schemas.RawText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// The keys of the store. The first byte says what an entry is; the number of the stage follows.
///
/// `s` state: key. `b` part of a long state: key, number. `t` timer: time, key. `m` mark of timers.
/// `p` plan: name and structure of a number.
/// `c` clocks: source. `g` gaps: source. `q` quarantine.
final class StoreKeys {
    static final byte STATE = 's';
    static final byte PART = LongStates.KIND;
    static final byte TIMER = 't';
    static final byte MARK = 'm';
    static final byte PLAN = 'p';
    static final byte CLOCK = 'c';
    static final byte GAPS = 'g';
    static final byte QUARANTINE = 'q';

    private static final int HEAD = 1 + Integer.BYTES;
    private static final int TIMER_HEAD = HEAD + Long.BYTES;

    private StoreKeys() {}

    static byte[] of(byte kind, int number) {
        return ByteBuffer.allocate(HEAD).put(kind).putInt(number).array();
    }

    static byte[] of(byte kind, String source) {
        byte[] name = RawText.bytes(source);
        return ByteBuffer.allocate(1 + name.length).put(kind).put(name).array();
    }

    /// The source in a key that has one.
    static String source(byte[] key) {
        return RawText.of(key, 1, key.length - 1);
    }

    /// The first key of all after those of a kind and number.
    static byte[] after(byte kind, int number) {
        return of(kind, number + 1);
    }

    static byte[] state(Stage stage, List<String> key) {
        StateWriter out = new StateWriter().begin();
        key.forEach(part -> out.bytes(RawText.bytes(part)));
        byte[] parts = out.end();
        return ByteBuffer.allocate(HEAD + parts.length - 1)
                .put(STATE)
                .putInt(stage.number())
                .put(parts, 1, parts.length - 1)
                .array();
    }

    /// The key that [#state] was made of.
    static List<String> key(byte[] state) {
        byte[] parts = Arrays.copyOfRange(state, HEAD - 1, state.length);
        parts[0] = StateWriter.VERSION;
        return new StateReader(parts).rest();
    }

    /// The timer of a state at `time`.
    static byte[] timer(long time, byte[] state) {
        return ByteBuffer.allocate(state.length + Long.BYTES)
                .put(TIMER)
                .put(state, 1, Integer.BYTES)
                .putLong(time ^ Long.MIN_VALUE)
                .put(state, HEAD, state.length - HEAD)
                .array();
    }

    /// The first timer of a stage at or after `time`.
    static byte[] timers(int number, long time) {
        return ByteBuffer.allocate(TIMER_HEAD)
                .put(TIMER)
                .putInt(number)
                .putLong(time ^ Long.MIN_VALUE)
                .array();
    }

    static long time(byte[] timer) {
        return ByteBuffer.wrap(timer).getLong(HEAD) ^ Long.MIN_VALUE;
    }

    /// The key of the state whose timer it is.
    static byte[] state(byte[] timer) {
        byte[] state = new byte[timer.length - Long.BYTES];
        System.arraycopy(timer, 0, state, 0, HEAD);
        System.arraycopy(timer, TIMER_HEAD, state, HEAD, timer.length - TIMER_HEAD);
        state[0] = STATE;
        return state;
    }

    /// The number in a key that has one.
    static int number(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }
}
