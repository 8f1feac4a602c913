package dev.tiercel.schemas;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Recently decoded containers: one with the same bytes at the same index is not decoded again. A table of fixed
/// size; a new container replaces the one with the same hash.
final class KnownContainers {

    private static final int ENTRIES = 128;

    private final @Nullable ContainerView[] views = new ContainerView[ENTRIES];
    private final byte[][] keys = new byte[ENTRIES][];

    /// The container in the bytes from `offset` to `end`, at `index` of its batch.
    ContainerView at(byte[] record, int offset, int end, int index, AvroInput in) {
        int place = place(record, offset, end, index);
        ContainerView view = views[place];
        if (view == null
                || view.index() != index
                || !Arrays.equals(keys[place], 0, keys[place].length, record, offset, end)) {
            in.wrap(record, offset, record.length);
            view = new ContainerView(in, index);
            views[place] = view;
            keys[place] = Arrays.copyOfRange(record, offset, end);
        }
        return view;
    }

    /// The first bytes are the id.
    private static int place(byte[] record, int offset, int end, int index) {
        int hash = index;
        int stop = Math.min(end, offset + 24);
        for (int i = offset; i < stop; i++) {
            hash = hash * 31 + record[i];
        }
        return (hash ^ (hash >>> 8)) & (ENTRIES - 1);
    }
}
