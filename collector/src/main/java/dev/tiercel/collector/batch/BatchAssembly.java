package dev.tiercel.collector.batch;

import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A batch being made: events as they come, and each process state and container they refer to once.
///
/// Processes and containers get their index when first referred to and are written by [#finish], so that a container's
/// name may arrive meanwhile. A process that changes is another state, hence another entry. Used again after `finish`.
/// One thread.
final class BatchAssembly {
    /// Generations of ancestors that a batch carries.
    static final int DEPTH_LIMIT = 32;

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
    /// @param firstEvent number of the lane's events before it
    /// @param time of its first event, nanoseconds since the epoch
    /// @param nowNanos of the collector's clock
    void open(long sequence, long firstEvent, long time, long nowNanos) {
        mark = sequence + 1; // a state that is in no batch yet has place 0
        openedNanos = nowNanos;
        writer.begin(new BatchHeader(origin.node(), lane, sequence, origin.collectorStart(), firstEvent, time));
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

    /// About the length of the record that [#finish] would make.
    int sizeBytes() {
        return writer.sizeBytes() + referredBytes;
    }

    /// Whether the batch has as much as it may.
    boolean full() {
        return open && (sizeBytes() >= limits.bytes() || writer.eventCount() >= limits.events());
    }

    /// Whether its first event has waited long enough for others.
    boolean lingered(long nowNanos) {
        return open && nowNanos - openedNanos >= limits.linger().toNanos();
    }

    /// Whether an engine's answer about one of its containers is to be waited for.
    boolean awaitsEngine(long nowNanos) {
        if (nowNanos - openedNanos >= limits.containerWait().toNanos()) {
            return false;
        }
        for (int i = 0; i < containerCount; i++) {
            ContainerEntry container = containers[i];
            if (container != null && !container.settled()) {
                return true;
            }
        }
        return false;
    }

    /// Ends the batch.
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
        int index = processCount++;
        if (index == states.length) {
            states = Arrays.copyOf(states, 2 * index);
            links = Arrays.copyOf(links, 8 * index);
        }
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
