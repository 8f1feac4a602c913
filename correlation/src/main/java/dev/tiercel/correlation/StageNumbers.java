package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Numbers the stages, so that their entries in the store have short keys, and removes those of stages that are
/// gone.
final class StageNumbers {
    private final StateStore store;
    private final StateWriter writer;
    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    /// @param gone whether its states are to be removed; the stage gets another number if it comes back meanwhile
    private record Entry(String name, String structure, boolean gone) {
        boolean is(Stage.Identity identity) {
            return !gone && name.equals(identity.name()) && structure.equals(identity.structure());
        }
    }

    StageNumbers(StateStore store, StateWriter writer) {
        this.store = store;
        this.writer = writer;
        store.range(new byte[] {StoreKeys.PLAN}, new byte[] {StoreKeys.PLAN + 1}, this::read);
    }

    private boolean read(byte[] key, byte[] value) {
        StateReader in = new StateReader(value);
        entries.put(StoreKeys.number(key), new Entry(in.text(), in.text(), in.flag()));
        in.end();
        return true;
    }

    /// The number of a stage: a new one if it has none.
    int number(Stage.Identity identity) {
        for (Map.Entry<Integer, Entry> entry : entries.entrySet()) {
            if (entry.getValue().is(identity)) return entry.getKey();
        }
        int number = entries.isEmpty() ? 0 : entries.lastKey() + 1;
        set(number, new Entry(identity.name(), identity.structure(), false));
        return number;
    }

    private void set(int number, Entry entry) {
        entries.put(number, entry);
        writer.begin().text(entry.name()).text(entry.structure()).flag(entry.gone());
        store.put(StoreKeys.of(StoreKeys.PLAN, number), writer.end());
    }

    /// Marks all stages but these as gone.
    void retain(Collection<Integer> numbers) {
        for (Map.Entry<Integer, Entry> known : List.copyOf(entries.entrySet())) {
            Entry entry = known.getValue();
            if (!numbers.contains(known.getKey()) && !entry.gone()) {
                set(known.getKey(), new Entry(entry.name(), entry.structure(), true));
            }
        }
    }

    /// Removes at most about `limit` entries of stages that are gone; returns whether there are more.
    boolean remove(int limit) {
        int left = limit;
        for (Map.Entry<Integer, Entry> known : List.copyOf(entries.entrySet())) {
            if (!known.getValue().gone()) continue;
            left -= remove(known.getKey(), left);
            if (left <= 0) return true;
        }
        return false;
    }

    private int remove(int number, int limit) {
        int removed = remove(StoreKeys.STATE, number, limit);
        removed += remove(StoreKeys.PART, number, limit - removed);
        removed += remove(StoreKeys.TIMER, number, limit - removed);
        if (removed < limit) {
            store.put(StoreKeys.of(StoreKeys.MARK, number), null);
            store.put(StoreKeys.of(StoreKeys.QUARANTINE, number), null);
            store.put(StoreKeys.of(StoreKeys.PLAN, number), null);
            entries.remove(number);
        }
        return removed;
    }

    private int remove(byte kind, int number, int limit) {
        List<byte[]> keys = new ArrayList<>();
        if (limit <= 0) return 0;
        store.range(StoreKeys.of(kind, number), StoreKeys.after(kind, number), (key, value) -> {
            keys.add(key);
            return keys.size() < limit;
        });
        keys.forEach(key -> store.put(key, null));
        return keys.size();
    }
}
