package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.schemas.BatchCursor;

/// Events of [SyscallMix] read as the detector reads them: cursor over the bytes, row over the cursor.
final class BatchEvents implements RuleEvaluation.Workload {

    private final byte[][] records;
    private final int batchSize;
    private final BatchCursor cursor = new BatchCursor();
    private final SyscallRow row;

    BatchEvents(FieldSlots slots, int batchSize, int batches) {
        this.batchSize = batchSize;
        this.row = new SyscallRow(slots);
        this.records = new byte[batches][];
        SyscallMix mix = new SyscallMix("node", 42);
        for (int i = 0; i < batches; i++) {
            records[i] = mix.next(batchSize, 1);
        }
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

    @Override
    public int events() {
        return records.length * batchSize;
    }
}
