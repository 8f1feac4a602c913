package dev.tiercel.collector.batch;

import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The lanes of a node, and their finished batches that are not yet published. Single-threaded.
///
/// All events of a container are in one lane, and so are the host's: order is kept where it matters.
public final class Lanes {
    private final List<Lane> lanes = new ArrayList<>();
    private final Queue<Batch> finished = new ArrayDeque<>();

    /// @param count of lanes, at least 1
    /// @param lostRecords records lost before they could be drained; monotonic
    public Lanes(int count, NodeState node, BatchOrigin origin, BatchLimits limits, LongSupplier lostRecords) {
        for (int lane = 0; lane < count; lane++) {
            lanes.add(new Lane(lane, node, origin, limits, lostRecords, finished));
        }
    }

    /// The lane for the events of this process.
    public Lane of(ProcessEntry process) {
        if (lanes.size() == 1) {
            return lanes.getFirst();
        }
        ContainerEntry container = process.state().container();
        int hash = container == null ? 0 : container.fullId().hashCode();
        return lanes.get(Math.floorMod(hash, lanes.size()));
    }

    /// Finishes every batch that is due.
    public void closeDue(long nowNanos) {
        for (Lane lane : lanes) {
            lane.closeDue(nowNanos);
        }
    }

    /// Nanoseconds until the next batch is due; 0 or less: one is; [Long#MAX_VALUE]: none will be by time alone.
    public long nanosUntilDue(long nowNanos) {
        long due = Long.MAX_VALUE;
        for (Lane lane : lanes) {
            due = Math.min(due, lane.nanosUntilDue(nowNanos));
        }
        return due;
    }

    /// Finishes every batch that has an event.
    public void closeAll(long nowNanos) {
        for (Lane lane : lanes) {
            lane.closeAll(nowNanos);
        }
    }

    /// The oldest finished batch; null: none.
    public @Nullable Batch peek() {
        return finished.peek();
    }

    /// Removes the oldest finished batch, once it is handed on.
    public void remove() {
        finished.remove();
    }

    /// Events in batches that are open, or finished and not yet handed on.
    public long pendingEvents() {
        return lanes.stream().mapToLong(Lane::pendingEvents).sum()
                + finished.stream().mapToLong(Batch::events).sum();
    }

    /// Whether every event is in a finished batch.
    public boolean isEmpty() {
        return lanes.stream().allMatch(Lane::isEmpty);
    }
}
