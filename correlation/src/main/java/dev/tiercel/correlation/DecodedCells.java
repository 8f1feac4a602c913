package dev.tiercel.correlation;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.LongStates;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// States in front of the store: those used last are kept decoded, and written when they have to go or all are.
final class DecodedCells {
    /// A value that says nothing but that there is one.
    private static final byte[] NOTHING = {StateWriter.VERSION};

    private final StateStore store;
    private final StateWriter writer;
    private final CorrelationOutput output;
    private final long mostWeight;
    private long weight;
    private int size;
    private @Nullable Cell oldest;
    private @Nullable Cell newest;
    /// Those to write, and some that were written meanwhile.
    private final List<Cell> dirty = new ArrayList<>();

    DecodedCells(StateStore store, StateWriter writer, CorrelationOutput output, long mostWeight) {
        this.output = output;
        this.store = store;
        this.writer = writer;
        this.mostWeight = mostWeight;
    }

    /// The state of `key`: decoded, from the store, or new; also new if the store's cannot be read.
    Cell get(Stage stage, List<String> key) {
        Cell cell = stage.cells().get(key);
        if (cell == null) {
            cell = read(stage, key);
            stage.cells().put(key, cell);
            append(cell);
        } else if (!cell.equals(newest)) {
            unlink(cell);
            append(cell);
        }
        return cell;
    }

    /// Those with a state in the store.
    List<List<String>> keys(Stage stage) {
        List<List<String>> keys = new ArrayList<>();
        store.range(
                StoreKeys.of(StoreKeys.STATE, stage.number()),
                StoreKeys.after(StoreKeys.STATE, stage.number()),
                (key, _) -> keys.add(StoreKeys.key(key)));
        return keys;
    }

    private Cell read(Stage stage, List<String> key) {
        Cell cell = stage.newCell(key);
        byte[] written = store.get(cell.storeKey());
        if (written == null) return cell;
        try {
            decode(cell, LongStates.whole(store, cell.storeKey(), written));
            return cell;
        } catch (BadStateException bad) {
            output.corrupt(cell.storeKey(), written, named(cell, bad));
            int length = LongStates.length(written);
            LongStates.put(store, cell.storeKey(), null, length);
            stage.resize(length, 0);
            return stage.newCell(key);
        }
    }

    /// Reads what was written of a state, [whole][LongStates].
    static void decode(Cell cell, byte[] written) {
        StateReader in = new StateReader(written);
        cell.timer = in.word();
        cell.load(in);
        in.end();
        cell.stored = written.length;
    }

    private static BadStateException named(Cell cell, BadStateException bad) {
        return new BadStateException(
                "state of '%s', key %s: %s".formatted(cell.stage().name(), cell.key(), bad.getMessage()));
    }

    /// To be called after a state was used: it is written at some time, and timers are set for it.
    void changed(Cell cell) {
        if (!cell.dirty) dirty.add(cell);
        cell.dirty = true;
        schedule(cell);
        int now = cell.weigh();
        weight += now - cell.weight;
        cell.weight = now;
        Cell victim = oldest;
        while (weight > mostWeight && victim != null && !victim.equals(newest)) {
            evict(victim);
            victim = oldest;
        }
    }

    /// A timer earlier than needed stays, and is set anew when it fires.
    private void schedule(Cell cell) {
        long due = cell.due();
        if (due >= cell.timer) return;
        cell.timer = due;
        Stage stage = cell.stage();
        store.put(StoreKeys.timer(due, cell.storeKey()), NOTHING);
        if (due < stage.nextDue()) stage.nextDue(due);
        if (due < stage.mark()) stage.mark(due);
    }

    private void evict(Cell cell) {
        write(cell);
        forget(cell);
    }

    private void forget(Cell cell) {
        unlink(cell);
        weight -= cell.weight;
        cell.stage().cells().remove(cell.key());
    }

    private void write(Cell cell) {
        if (!cell.dirty) return;
        cell.dirty = false;
        byte[] written = cell.isEmpty() ? null : encode(cell);
        int now = written == null ? 0 : written.length;
        if (now > 0 || cell.stored > 0) LongStates.put(store, cell.storeKey(), written, cell.stored);
        cell.stage().resize(cell.stored, now);
        cell.stored = now;
    }

    private byte[] encode(Cell cell) {
        writer.begin().word(cell.timer);
        cell.save(writer);
        return writer.end();
    }

    /// Writes all that changed; what is empty is forgotten.
    void flush() {
        for (Cell cell : dirty) {
            if (!cell.dirty) continue;
            write(cell);
            if (cell.isEmpty()) forget(cell);
        }
        dirty.clear();
    }

    /// Writes all that changed and forgets all.
    void clear() {
        for (Cell cell = oldest; cell != null; cell = oldest) evict(cell);
        dirty.clear();
    }

    /// Forgets those of a stage that is gone.
    void discard(Stage stage) {
        for (Cell cell : List.copyOf(stage.cells().values())) {
            cell.dirty = false;
            forget(cell);
        }
    }

    /// Number of states.
    int size() {
        return size;
    }

    /// Roughly the heap that they take.
    long weight() {
        return weight;
    }

    private void append(Cell cell) {
        size++;
        cell.older = newest;
        cell.newer = null;
        if (newest == null) {
            oldest = cell;
        } else {
            newest.newer = cell;
        }
        newest = cell;
    }

    private void unlink(Cell cell) {
        size--;
        Cell before = cell.older;
        Cell after = cell.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
    }
}
