package dev.tiercel.collector.node;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last known descriptors of a process; some may be stale, since not every close is captured.
///
/// Copy-on-write after a fork. Descriptors from [#LIMIT] on are not kept.
public final class DescriptorTable {
    /// Exclusive limit of the descriptors kept.
    public static final int LIMIT = 256;

    static final DescriptorTable NONE = new DescriptorTable(new Descriptor[0], true);

    private @Nullable Descriptor[] slots;
    private boolean shared;
    private boolean anyCloseOnExec;

    private DescriptorTable(@Nullable Descriptor[] slots, boolean shared) {
        this.slots = slots;
        this.shared = shared;
    }

    /// The descriptor with this number; null: unknown.
    public @Nullable Descriptor get(int number) {
        return number >= 0 && number < slots.length ? slots[number] : null;
    }

    /// Shares the table with a child: whichever writes next copies it.
    DescriptorTable share() {
        shared = true;
        return this;
    }

    /// The table with one descriptor replaced; null: closed. The same object unless shared.
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

    /// The table without the descriptors that an exec closes.
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

    /// Approximate heap of the slots.
    int sizeBytes() {
        return 8 * slots.length;
    }

    private DescriptorTable copy() {
        DescriptorTable copy = new DescriptorTable(slots.clone(), false);
        copy.anyCloseOnExec = anyCloseOnExec;
        return copy;
    }
}
