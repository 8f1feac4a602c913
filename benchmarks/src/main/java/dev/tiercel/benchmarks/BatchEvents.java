package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.schemas.BatchCursor;

/// Events in batches, read the way the detector does: cursor over the bytes, row over the cursor.
final class BatchEvents implements RuleEvaluation.Workload {

    private final byte[][] records;
    private final BatchCursor cursor = new BatchCursor();
    private final SyscallRow row;

    /// @param records batches, such as those of [CapturedBatches]
    BatchEvents(FieldSlots slots, byte[][] records) {
        this.records = records;
        this.row = new SyscallRow(slots);
    }

    /// Batches of [SyscallMix].
    static byte[][] mixed(int batchSize, int batches) {
        byte[][] records = new byte[batches][];
        SyscallMix mix = new SyscallMix("node", 42);
        for (int i = 0; i < batches; i++) {
            records[i] = mix.next(batchSize, 1);
        }
        return records;
    }

    @Override
    public void walk(RuleEvaluation.Visitor visitor) {
        for (byte[] record : records) {
            cursor.wrap(record);
            row.batch(cursor);
            while (cursor.next()) {
                row.event();
                visitor.at(row);
            }
        }
    }
}
