package dev.tiercel.collector.node;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The descriptors of a process as far as records told: last known facts, since not every close is seen.
///
/// Copied on the first write after a fork. Numbers from [#LIMIT] on are not kept.
public final class DescriptorTable {
    /// Descriptors kept of one process.
    public static final int LIMIT = 256;

    static final DescriptorTable NONE = new DescriptorTable(new Descriptor[0], true);

    private @Nullable Descriptor[] slots;
    private boolean shared;
    private boolean anyCloseOnExec;

    private DescriptorTable(@Nullable Descriptor[] slots, boolean shared) {
        this.slots = slots;
        this.shared = shared;
    }

    /// Null: nothing known.
    public @Nullable Descriptor get(int number) {
        return number >= 0 && number < slots.length ? slots[number] : null;
    }

    /// These, to be had by a child too: whichever writes next gets its own.
    DescriptorTable share() {
        shared = true;
        return this;
    }

    /// These with one changed: the same object unless it is shared.
    DescriptorTable with(int number, @Nullable Descriptor descriptor) {
        if (number < 0 || number >= LIMIT || (descriptor == null && number >= slots.length)) {
            return this;
        }
        DescriptorTable target = shared ? copy() : this;
        if (number >= target.slots.length) {
            target.slots = Arrays.copyOf(target.slots, Math.min(LIMIT, Integer.highestOneBit(number | 7) << 1));
        }
        target.slots[number] = descriptor;
        target.anyCloseOnExec |= descriptor != null && descriptor.closeOnExec();
        return target;
    }

    /// What an exec leaves.
    DescriptorTable afterExec() {
        if (!anyCloseOnExec) {
            return this;
        }
        DescriptorTable target = copy();
        for (int i = 0; i < target.slots.length; i++) {
            Descriptor each = target.slots[i];
            target.slots[i] = each != null && each.closeOnExec() ? null : each;
        }
        target.anyCloseOnExec = false;
        return target;
    }

    /// Heap that the slots take, roughly.
    int sizeBytes() {
        return 8 * slots.length;
    }

    private DescriptorTable copy() {
        DescriptorTable copy = new DescriptorTable(slots.clone(), false);
        copy.anyCloseOnExec = anyCloseOnExec;
        return copy;
    }
}
