package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.schemas.BatchCursor;
import java.util.List;
import java.util.Map;

/// The events of [DecodedEvents] in batches, read the way the detector does: the same runs of 200 in the same order,
/// each a record that a collector could have written ([CapturedBatch]).
final class CapturedBatches implements RuleEvaluation.Workload {

    private final byte[][] records;
    private final BatchCursor cursor = new BatchCursor();
    private final SyscallRow row;

    CapturedBatches(List<Map<String, Object>> captured, FieldSlots slots) {
        records = records(captured);
        row = new SyscallRow(slots);
    }

    static byte[][] records(List<Map<String, Object>> captured) {
        int[] order = DecodedEvents.order(captured.size());
        CapturedBatch batch = new CapturedBatch();
        byte[][] records = new byte[order.length / RuleFixtures.BATCH][];
        for (int i = 0; i < records.length; i++) {
            batch.begin(i);
            for (int j = 0; j < RuleFixtures.BATCH; j++) {
                batch.add(captured.get(order[i * RuleFixtures.BATCH + j]));
            }
            records[i] = batch.finish();
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
