package dev.tiercel.collector.batch;

import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A batch under construction: events in order, and each process state and container they refer to once.
///
/// Processes and containers get their index at the first reference and are written by [#finish], so that a container's
/// name may still arrive. A process that changes is another state, hence another entry. Reusable after `finish`.
/// Single-threaded.
final class BatchAssembly {
    /// Generations of ancestors that a batch carries.
    static final int DEPTH_LIMIT = 32;

    /// How long after a gap batches carry it.
    private static final Duration AFTER_GAP = Duration.ofSeconds(10);

    private static final int INDEX_BITS = 20;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int INDICES_BYTES = 12;
    private final int lane;
    private final NodeState node;
    private final BatchOrigin origin;
    private final BatchLimits limits;
    private final BatchWriter writer = new BatchWriter();
    private @Nullable ProcessState[] states = new ProcessState[64];
    private int[] links = new int[4 * 64];
    private @Nullable ContainerEntry[] containers = new ContainerEntry[8];
    private int processCount;
    private int containerCount;
    private int referredBytes;
    private long mark;
    private long openedNanos;
    private boolean open;

    BatchAssembly(int lane, NodeState node, BatchOrigin origin, BatchLimits limits) {
        this.lane = lane;
        this.node = node;
        this.origin = origin;
        this.limits = limits;
    }

    /// Starts a batch.
    ///
    /// @param sequence of the batch in its lane
    /// @param firstEvent number of events in the lane's earlier batches
    /// @param time of its first event, nanoseconds since the epoch
    /// @param nowNanos of the collector's clock
    void open(long sequence, long firstEvent, long time, long nowNanos) {
        mark = sequence + 1; // a state not yet in any batch has place 0
        openedNanos = nowNanos;
        writer.begin(new BatchHeader(origin.node(), lane, sequence, origin.collectorStart(), firstEvent, time));
        if (time - origin.collectorStart() < AFTER_GAP.toNanos()) {
            writer.unwatchedSince(origin.unwatchedSince());
        }
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    BatchWriter writer() {
        return writer;
    }

    /// Index of the process's current state in the batch, for [BatchWriter#beginEvent].
    int index(ProcessEntry process) {
        return index(process, 0);
    }

    int events() {
        return writer.eventCount();
    }

    /// Approximate length of the record that [#finish] would produce.
    int sizeBytes() {
        return writer.sizeBytes() + referredBytes;
    }

    /// Whether the batch has reached one of its limits.
    boolean full() {
        return open && (sizeBytes() >= limits.bytes() || writer.eventCount() >= limits.events());
    }

    /// When its first event was added, in nanoseconds of the collector's clock.
    long openedNanos() {
        return openedNanos;
    }

    /// Whether the batch should still wait for an engine to describe one of its containers.
    boolean awaitsEngine(long nowNanos) {
        if (nowNanos - openedNanos >= limits.containerWait().toNanos()) {
            return false;
        }
        for (int i = 0; i < containerCount; i++) {
            ContainerEntry container = containers[i];
            if (container != null && !container.settled(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /// Writes processes and containers, and closes the batch.
    ///
    /// @param lost kernel records lost on the node since the lane's previous batch
    Batch finish(long lost) {
        for (int i = 0; i < processCount; i++) {
            ProcessState state = states[i];
            if (state != null) {
                byte[] body = state.body(node.accounts());
                writer.addProcess(
                        links[4 * i], links[4 * i + 1], links[4 * i + 2], links[4 * i + 3], body, body.length);
            }
        }
        for (int i = 0; i < containerCount; i++) {
            ContainerEntry container = containers[i];
            if (container != null) {
                writer.addContainer(container.encoded());
            }
        }
        int events = writer.eventCount();
        Batch batch = new Batch(lane, writer.finish(lost, origin.schemaId()), events);
        clear();
        return batch;
    }

    private void clear() {
        Arrays.fill(states, 0, processCount, null);
        Arrays.fill(containers, 0, containerCount, null);
        processCount = 0;
        containerCount = 0;
        referredBytes = 0;
        open = false;
    }

    private int index(ProcessEntry process, int depth) {
        ProcessState state = process.state();
        long place = state.place(lane);
        if (place >>> INDEX_BITS == mark) {
            return (int) place & INDEX_MASK;
        }
        if (depth > 0 && isFull(depth)) {
            return -1;
        }
        state = node.counted(process);
        int index = nextProcess();
        state.place(lane, mark << INDEX_BITS | index); // before its relatives, which may refer back to it
        states[index] = state;
        referredBytes += state.body(node.accounts()).length + INDICES_BYTES;
        int parent = indexOrNone(node.parent(process), depth);
        int session = indexOrNone(node.sessionLeader(process), depth);
        int group = indexOrNone(node.groupLeader(process), depth);
        links[4 * index] = parent;
        links[4 * index + 1] = session;
        links[4 * index + 2] = group;
        links[4 * index + 3] = container(state.container());
        return index;
    }

    private int nextProcess() {
        if (processCount == states.length) {
            states = Arrays.copyOf(states, 2 * processCount);
            links = Arrays.copyOf(links, 8 * processCount);
        }
        return processCount++;
    }

    private int indexOrNone(@Nullable ProcessEntry process, int depth) {
        return process == null ? -1 : index(process, depth + 1);
    }

    private boolean isFull(int depth) {
        return depth > DEPTH_LIMIT
                || processCount >= INDEX_MASK
                || writer.sizeBytes() + referredBytes > limits.bytes() + limits.bytes() / 2;
    }

    private int container(@Nullable ContainerEntry container) {
        if (container == null) {
            return -1;
        }
        for (int i = 0; i < containerCount; i++) {
            if (containers[i] == container) {
                return i;
            }
        }
        if (containerCount == containers.length) {
            containers = Arrays.copyOf(containers, 2 * containerCount);
        }
        containers[containerCount] = container;
        referredBytes += container.encoded().length;
        return containerCount++;
    }
}
