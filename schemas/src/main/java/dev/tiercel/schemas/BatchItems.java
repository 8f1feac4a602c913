package dev.tiercel.schemas;

import java.util.Arrays;

/// Offsets of the items of one array of a batch, computed at first access.
final class BatchItems {

    /// Skips one item.
    interface Skip {
        void skip(AvroInput in);
    }

    /// Reads the item that begins at an offset; returns where it ends.
    interface Read {
        int read(int index, int offset);
    }

    private final Skip skip;
    private final AvroInput scan = new AvroInput();
    private byte[] record = {};
    private int start;
    private int count;
    private int[] offsets = new int[64];
    private int[] ends = new int[64];
    private boolean located;

    BatchItems(Skip skip) {
        this.skip = skip;
    }

    /// Takes the array at the position of `in` and skips it; blocks with a size are not parsed.
    void wrap(byte[] record, AvroInput in) {
        this.record = record;
        start = in.position();
        count = 0;
        located = false;
        for (int items = in.readBlock(); items > 0; items = in.readBlock()) {
            count += items;
            if (in.blockEnd() >= 0) {
                in.position(in.blockEnd());
            } else {
                for (int i = 0; i < items; i++) {
                    skip.skip(in);
                }
            }
        }
    }

    int count() {
        return count;
    }

    /// Fails if there is no item `index`.
    void check(int index) {
        if (index < 0 || index >= count) {
            throw BadRecordException.corrupt("index=" + index + " of items=" + count);
        }
    }

    /// Where item `index` begins.
    int offset(int index) {
        check(index);
        if (!located) {
            locate();
        }
        return offsets[index];
    }

    /// End offset of item `index`.
    int end(int index) {
        offset(index);
        return ends[index];
    }

    /// Reads every item, one after the other.
    void readAll(Read item) {
        scan.wrap(record, start, record.length);
        int index = 0;
        for (int items = scan.readBlock(); items > 0; items = scan.readBlock()) {
            int blockEnd = scan.blockEnd();
            for (int i = 0; i < items; i++) {
                scan.position(item.read(index++, scan.position()));
            }
            scan.expectEnd(blockEnd);
        }
    }

    /// Locates every item, which checks that each is complete.
    void locate() {
        if (offsets.length < count) {
            offsets = Arrays.copyOf(offsets, Math.max(count, offsets.length * 2));
            ends = Arrays.copyOf(ends, offsets.length);
        }
        scan.wrap(record, start, record.length);
        int found = 0;
        for (int items = scan.readBlock(); items > 0; items = scan.readBlock()) {
            int blockEnd = scan.blockEnd();
            for (int i = 0; i < items; i++) {
                offsets[found] = scan.position();
                skip.skip(scan);
                ends[found++] = scan.position();
            }
            scan.expectEnd(blockEnd);
        }
        located = true;
    }
}
