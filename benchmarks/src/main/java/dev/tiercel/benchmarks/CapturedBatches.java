package dev.tiercel.benchmarks;

import java.util.List;
import java.util.Map;

/// The events of [DecodedEvents] in batches: the same runs of 200 in the same order, each a record that a collector
/// could have written ([CapturedBatch]).
final class CapturedBatches {
    private CapturedBatches() {}

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
}
