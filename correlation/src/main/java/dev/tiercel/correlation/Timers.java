package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/// Fires the timers of the states of a stage.
final class Timers {
    private final StateStore store;
    private final DecodedCells cells;

    Timers(StateStore store, DecodedCells cells) {
        this.store = store;
        this.cells = cells;
    }

    /// Fires those that are due at the stage's watermark, at most `limit`; returns how many it fired.
    int fire(Stage stage, int limit) {
        if (stage.nextDue() >= stage.watermark()) return 0;
        long from = System.nanoTime();
        int fired = fireDue(stage, limit);
        stage.took(fired, System.nanoTime() - from);
        return fired;
    }

    private int fireDue(Stage stage, int limit) {
        List<byte[]> due = due(stage, limit);
        if (due.isEmpty()) {
            seekNext(stage);
            return 0;
        }
        stage.nextDue(Long.MIN_VALUE);
        for (byte[] timer : due) fire(stage, timer);
        return due.size();
    }

    private List<byte[]> due(Stage stage, int limit) {
        List<byte[]> due = new ArrayList<>();
        byte[] from = StoreKeys.timers(stage.number(), stage.mark());
        byte[] to = StoreKeys.timers(stage.number(), stage.watermark());
        store.range(from, to, (key, value) -> {
            due.add(key);
            return due.size() < limit;
        });
        return due;
    }

    private void fire(Stage stage, byte[] timer) {
        long time = StoreKeys.time(timer);
        store.put(timer, null);
        stage.mark(time);
        Cell cell = cells.get(stage, StoreKeys.key(StoreKeys.state(timer)));
        if (cell.timer == time) cell.timer = Long.MAX_VALUE;
        cell.advance();
        cells.changed(cell);
    }

    /// None is due; looks when the next is.
    private void seekNext(Stage stage) {
        stage.nextDue(Long.MAX_VALUE);
        byte[] from = StoreKeys.timers(stage.number(), Math.max(stage.mark(), stage.watermark()));
        store.range(from, StoreKeys.after(StoreKeys.TIMER, stage.number()), (key, value) -> {
            stage.nextDue(StoreKeys.time(key));
            return false;
        });
    }
}
