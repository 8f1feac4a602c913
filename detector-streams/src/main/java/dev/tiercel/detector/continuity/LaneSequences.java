package dev.tiercel.detector.continuity;

import dev.tiercel.schemas.BatchCursor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The number of the last batch of each lane in one partition, to notice batches that never came.
///
/// Remembers the last 16,384 nodes. Numbers are of one life of a collector; a lane that is new here begins where it is,
/// since another instance may have judged what was before. Not thread-safe: each task has its own.
public final class LaneSequences {
    private static final int NODES = 16_384;
    private static final int LANES = 64;

    private final Map<String, @Nullable Mark[]> nodes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, @Nullable Mark[]> eldest) {
            return size() > NODES;
        }
    };

    private boolean beginningLost;

    /// Batches of unknown lanes are gone from the topic, so a lane may have lost some before the first that is seen.
    public void beginningLost() {
        beginningLost = true;
    }

    /// The batches of this lane that are missing before this one, at least; negative: it came before.
    public long missingBefore(BatchCursor batch) {
        int lane = batch.lane();
        if (lane < 0 || lane >= LANES) {
            return 0;
        }
        @Nullable Mark[] lanes = lanes(batch.node(), lane);
        Mark mark = lanes[lane];
        if (mark == null) {
            lanes[lane] = new Mark(batch.collectorStart(), batch.sequence());
            return beginningLost && batch.sequence() > 0 ? 1 : 0;
        }
        return mark.advance(batch.collectorStart(), batch.sequence());
    }

    private @Nullable Mark[] lanes(String node, int lane) {
        @Nullable Mark[] lanes = nodes.get(node);
        if (lanes == null || lanes.length <= lane) {
            lanes = lanes == null ? new Mark[lane + 1] : Arrays.copyOf(lanes, lane + 1);
            nodes.put(node, lanes);
        }
        return lanes;
    }

    private static final class Mark {
        private long collectorStart;
        private long sequence;

        Mark(long collectorStart, long sequence) {
            this.collectorStart = collectorStart;
            this.sequence = sequence;
        }

        long advance(long start, long number) {
            boolean sameLife = start == collectorStart;
            if (start < collectorStart || (sameLife && number <= sequence)) {
                return -1;
            }
            long missing = sameLife ? number - sequence - 1 : number;
            collectorStart = start;
            sequence = number;
            return Math.max(0, missing);
        }
    }
}
