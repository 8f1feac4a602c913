package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.Arrays;

/// How far the events of a source were judged.
final class SourceClock {
    private final long grace;
    private long[] partitions = {};
    private long watermark = Long.MIN_VALUE;
    private boolean changed;

    /// @param grace nanoseconds
    SourceClock(long grace) {
        this.grace = grace;
    }

    /// Nothing earlier counts.
    long watermark() {
        return watermark;
    }

    /// Returns whether the watermark rose.
    boolean advance(int partition, int count, long time) {
        int size = Math.max(count, partition + 1);
        if (size > partitions.length) widen(size);
        if (time <= partitions[partition]) return false;
        partitions[partition] = time;
        changed = true;
        long lowest = Arrays.stream(partitions).min().orElse(Long.MIN_VALUE);
        if (lowest == Long.MIN_VALUE) return false;
        long before = watermark;
        watermark = Math.max(watermark, Bounds.minus(lowest, grace));
        return watermark > before;
    }

    private void widen(int size) {
        int before = partitions.length;
        partitions = Arrays.copyOf(partitions, size);
        Arrays.fill(partitions, before, size, Long.MIN_VALUE);
    }

    boolean isChanged() {
        return changed;
    }

    byte[] takeState(StateWriter out) {
        changed = false;
        out.begin().word(watermark).number(partitions.length);
        for (long time : partitions) out.word(time);
        return out.end();
    }

    void resume(byte[] written) {
        StateReader in = new StateReader(written);
        watermark = in.word();
        partitions = new long[in.size()];
        for (int i = 0; i < partitions.length; i++) partitions[i] = in.word();
        in.end();
    }
}
