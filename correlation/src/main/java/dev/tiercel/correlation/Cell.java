package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decoded state of a key.
abstract class Cell {
    static final int FIXED_WEIGHT = 400;

    private final Stage stage;
    private final List<String> key;
    private final byte[] storeKey;

    /// Time of its timer in the store; [Long#MAX_VALUE]: none.
    long timer = Long.MAX_VALUE;

    // What DecodedCells keeps about it.
    boolean dirty;
    int weight;
    /// Bytes of it in the store.
    int stored;

    @Nullable
    Cell older;

    @Nullable
    Cell newer;

    Cell(Stage stage, List<String> key) {
        this.stage = stage;
        this.key = key;
        storeKey = StoreKeys.state(stage, key);
    }

    final Stage stage() {
        return stage;
    }

    final List<String> key() {
        return key;
    }

    final byte[] storeKey() {
        return storeKey;
    }

    /// Does what is due at the stage's watermark.
    abstract void advance();

    /// [#advance()] has to be called once the watermark is later; [Long#MAX_VALUE]: never.
    abstract long due();

    /// Whether it is as a new one.
    abstract boolean isEmpty();

    /// Roughly the heap that it takes.
    abstract int weigh();

    abstract void save(StateWriter out);

    abstract void load(StateReader in);
}
