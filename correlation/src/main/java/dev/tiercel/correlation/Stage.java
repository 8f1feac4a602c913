package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What keeps a state for each key: a correlation, or the `suppress` of a rule or correlation.
abstract class Stage {
    private final int number;
    private final String name;
    private final String structure;
    private final Map<List<String>, Cell> cells = new HashMap<>();
    private long watermark = Long.MIN_VALUE;
    private long settled = Long.MIN_VALUE;
    private long mark = Long.MIN_VALUE;
    private boolean marked;
    private long nextDue = Long.MIN_VALUE;
    private long storedKeys;
    private long storedBytes;

    /// What makes it the same after an edit.
    record Identity(String name, String structure) {}

    /// @param number of its states in the store
    Stage(int number, String name, String structure) {
        this.number = number;
        this.name = name;
        this.structure = structure;
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    String structure() {
        return structure;
    }

    /// Its timers, `fired` of them, took `nanos` more.
    void took(int fired, long nanos) {}

    /// Its decoded states.
    Map<List<String>, Cell> cells() {
        return cells;
    }

    /// A new state.
    abstract Cell newCell(List<String> key);

    /// Nothing of an earlier time can come any more from what feeds it.
    abstract long lowestInput();

    /// As of the last [#refresh()].
    final long watermark() {
        return watermark;
    }

    final void refresh() {
        watermark = Math.max(watermark, lowestInput());
    }

    /// All that was due at this watermark is done: nothing of an earlier time can come any more from it.
    final long settled() {
        return settled;
    }

    /// Notes that nothing more is due.
    final void settle() {
        if (settled == watermark) return;
        settled = watermark;
        marked = true;
    }

    /// All timers before this have fired.
    final long mark() {
        return mark;
    }

    final void mark(long time) {
        mark = time;
        marked = true;
    }

    /// No timer is due before the watermark is later; [Long#MIN_VALUE]: not known.
    final long nextDue() {
        return nextDue;
    }

    final void nextDue(long time) {
        nextDue = time;
    }

    /// Goes on from what [#takeMark] returned.
    final void resume(byte[] written) {
        StateReader in = new StateReader(written);
        mark = in.word();
        settled = in.word();
        storedKeys = in.number();
        storedBytes = in.number();
        in.end();
    }

    /// A state has other bytes in the store than before; 0: none.
    final void resize(int before, int now) {
        if (before == now) return;
        storedKeys += Integer.signum(now) - Integer.signum(before);
        storedBytes += now - before;
        marked = true;
    }

    /// Keys that have a state in the store.
    final long storedKeys() {
        return storedKeys;
    }

    /// Bytes of the states in the store.
    final long storedBytes() {
        return storedBytes;
    }

    /// What to write, if it changed since the last time.
    final boolean isMarked() {
        return marked;
    }

    final byte[] takeMark(StateWriter out) {
        marked = false;
        return out.begin()
                .word(mark)
                .word(settled)
                .number(storedKeys)
                .number(storedBytes)
                .end();
    }
}
