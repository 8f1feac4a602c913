package dev.tiercel.collector.node;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The newest process of each pid: open addressing with linear probing, no object per entry, removal without
/// tombstones.
final class PidMap {
    private static final int SMALLEST = 64;

    private @Nullable ProcessEntry[] slots = new ProcessEntry[SMALLEST];
    private int size;

    /// The newest process with this pid; null: none.
    @Nullable
    ProcessEntry get(int pid) {
        int mask = slots.length - 1;
        for (int i = home(pid, mask); ; i = (i + 1) & mask) {
            ProcessEntry entry = slots[i];
            if (entry == null || entry.pid == pid) {
                return entry;
            }
        }
    }

    /// Sets the newest process of its pid.
    void put(ProcessEntry entry) {
        if (size * 2 >= slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int i = home(entry.pid, mask);
        for (ProcessEntry at = slots[i]; at != null && at.pid != entry.pid; at = slots[i]) {
            i = (i + 1) & mask;
        }
        size += slots[i] == null ? 1 : 0;
        slots[i] = entry;
    }

    void remove(int pid) {
        int mask = slots.length - 1;
        int i = home(pid, mask);
        for (ProcessEntry at = slots[i]; at != null; at = slots[i]) {
            if (at.pid == pid) {
                close(i, mask);
                size--;
                return;
            }
            i = (i + 1) & mask;
        }
    }

    /// Distinct pids.
    int size() {
        return size;
    }

    /// The first entry from slot `from` on, wrapping around, that passes; null: none.
    @Nullable
    ProcessEntry search(int from, Predicate<ProcessEntry> test) {
        for (int n = 0; n < slots.length; n++) {
            ProcessEntry entry = slots[(from + n) & (slots.length - 1)];
            if (entry != null && test.test(entry)) {
                return entry;
            }
        }
        return null;
    }

    /// Moves entries after a freed slot back to where a lookup finds them.
    private void close(int freed, int mask) {
        int hole = freed;
        int i = freed;
        while (true) {
            i = (i + 1) & mask;
            ProcessEntry entry = slots[i];
            if (entry == null) {
                slots[hole] = null;
                return;
            }
            int distance = (i - home(entry.pid, mask)) & mask;
            if (distance >= ((i - hole) & mask)) {
                slots[hole] = entry;
                hole = i;
            }
        }
    }

    private void grow() {
        @Nullable ProcessEntry[] old = slots;
        slots = new ProcessEntry[old.length * 2];
        int mask = slots.length - 1;
        for (ProcessEntry entry : old) {
            if (entry != null) {
                int i = home(entry.pid, mask);
                while (slots[i] != null) {
                    i = (i + 1) & mask;
                }
                slots[i] = entry;
            }
        }
    }

    private static int home(int pid, int mask) {
        int hash = pid * 0x9E3779B9;
        return (hash ^ hash >>> 15) & mask;
    }
}
