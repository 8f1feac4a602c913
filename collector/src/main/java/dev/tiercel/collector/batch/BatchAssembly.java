package dev.tiercel.collector.batch;

import dev.tiercel.collector.container.Container;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The open batch of one lane: events as they come, and each process state and container they refer to once.
///
/// Processes and containers get their index when first referred to and are written when the batch is closed, so that a
/// container's name may
/// arrive meanwhile. A process that changes is another state, hence another entry. One thread.
public final class BatchAssembly {
    /// Generations of ancestors that a batch carries.
    static final int DEPTH_LIMIT = 32;

    private static final int PLACE_BITS = 20;
    private static final int INDEX_MASK = (1 << PLACE_BITS) - 1;
    private static final int INDICES_BYTES = 12;
    /// How far the events of a batch that waits for a container's name may outgrow the limit.
    private static final int PATIENCE = 8;

    private final int lane;
    private final NodeState node;
    private final BatchOrigin origin;
    private final BatchLimits limits;
    private final LongSupplier lostRecords;
    private final BatchWriter writer = new BatchWriter();
    private @Nullable ProcessState[] states = new ProcessState[64];
    private int[] links = new int[4 * 64];
    private @Nullable Container[] containers = new Container[8];
    private int processCount;
    private int containerCount;
    private int referredBytes;
    private long serial;
    private long sequence;
    private long firstEvent;
    private long lostBefore;
    private long openedNanos;
    private boolean open;
    private long ancestorsCut;

    /// @param lostRecords records lost before they could be drained, growing
    BatchAssembly(int lane, NodeState node, BatchOrigin origin, BatchLimits limits, LongSupplier lostRecords) {
        this.lane = lane;
        this.node = node;
        this.origin = origin;
        this.limits = limits;
        this.lostRecords = lostRecords;
    }

    /// Starts an event of a process and returns the writer, to which the caller adds arguments, paths and descriptor.
    ///
    /// @param time nanoseconds since the epoch
    /// @param nowNanos of the collector's clock
    public BatchWriter begin(ProcessEntry process, long time, long nowNanos) {
        if (!open) {
            serial++;
            openedNanos = nowNanos;
            writer.begin(new BatchHeader(origin.node(), lane, sequence, origin.collectorStart(), firstEvent, time));
            open = true;
        }
        return writer;
    }

    /// Index of the process's current state in the batch, for [BatchWriter#beginEvent].
    public int index(ProcessEntry process) {
        return index(process, 0);
    }

    /// Takes back what was begun of an event.
    public void cancelEvent() {
        writer.cancelEvent();
    }

    /// Whether the batch has as much as it may.
    public boolean full(long nowNanos) {
        if (!open) {
            return false;
        }
        int events = writer.eventCount();
        return writer.sizeBytes() + referredBytes >= limits.bytes()
                || (events >= limits.events() && (events >= PATIENCE * limits.events() || !awaited(nowNanos)));
    }

    /// Whether the batch has waited long enough.
    public boolean due(long nowNanos) {
        return open && nowNanos - openedNanos >= limits.linger().toNanos() && !awaited(nowNanos);
    }

    public boolean isEmpty() {
        return !open || writer.eventCount() == 0;
    }

    /// Ends the batch and starts the next.
    public Batch finish() {
        for (int i = 0; i < processCount; i++) {
            ProcessState state = states[i];
            if (state != null) {
                byte[] body = state.body(node.accounts());
                writer.addProcess(
                        links[4 * i], links[4 * i + 1], links[4 * i + 2], links[4 * i + 3], body, body.length);
            }
        }
        for (int i = 0; i < containerCount; i++) {
            Container container = containers[i];
            if (container != null) {
                writer.addContainer(container.encoded());
            }
        }
        int events = writer.eventCount();
        long lost = lostRecords.getAsLong();
        Batch batch = new Batch(lane, writer.finish(lost - lostBefore, origin.schemaId()), events);
        lostBefore = lost;
        firstEvent += events;
        sequence++;
        clear();
        return batch;
    }

    /// Ancestors and leaders left out because a batch had no room for them.
    public long ancestorsCut() {
        return ancestorsCut;
    }

    private void clear() {
        Arrays.fill(states, 0, processCount, null);
        Arrays.fill(containers, 0, containerCount, null);
        processCount = 0;
        containerCount = 0;
        referredBytes = 0;
        open = false;
    }

    private boolean awaited(long nowNanos) {
        for (int i = 0; i < containerCount; i++) {
            Container container = containers[i];
            if (container != null
                    && !container.settled()
                    && nowNanos - container.firstSeenNanos()
                            < limits.containerWait().toNanos()) {
                return true;
            }
        }
        return false;
    }

    private int index(ProcessEntry process, int depth) {
        ProcessState state = process.state();
        long place = state.place(lane);
        if (place >>> PLACE_BITS == serial) {
            return (int) place & INDEX_MASK;
        }
        if (depth > 0 && noRoom(depth)) {
            ancestorsCut++;
            return -1;
        }
        int index = processCount++;
        if (index == states.length) {
            states = Arrays.copyOf(states, 2 * index);
            links = Arrays.copyOf(links, 8 * index);
        }
        state.place(lane, serial << PLACE_BITS | index); // before its relatives, which may refer back to it
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

    private boolean noRoom(int depth) {
        return depth > DEPTH_LIMIT
                || processCount >= INDEX_MASK
                || writer.sizeBytes() + referredBytes > limits.bytes() + limits.bytes() / 2;
    }

    private int container(@Nullable Container container) {
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
