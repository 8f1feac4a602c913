package dev.tiercel.schemas;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Reads SyscallBatches without an object per event; repeated texts are the same object ([TextCache]).
///
/// Use: [#wrap], then [#next] until it is false; accessors refer to the current event. Processes and containers are
/// views: all processes are read when one is first asked for, a container at first access. The bytes are untrusted: any
/// method may throw [BadRecordException], and time and memory are bounded by the length of the record. Reads the schema
/// of this version only; [BatchVersions] converts other versions. Not thread-safe; reusable.
public final class BatchCursor {

    private final TextCache texts = new TextCache();
    private final KnownProcesses knownProcesses = new KnownProcesses(texts);
    private final ProcessView.Body noProcess = new ProcessView.Body(texts, new TextBuffer());
    private final ContainerView.Known knownContainers = new ContainerView.Known();
    private final AvroInput in = new AvroInput(texts);
    private final AvroInput item = new AvroInput(texts);
    private final BatchItems processItems = new BatchItems(ProcessView::skip);
    private final BatchItems containerItems = new BatchItems(ContainerView::skip);
    private final EventArguments arguments = new EventArguments(texts);
    private final EventDescriptor descriptor = new EventDescriptor(texts);
    private byte[] record = {};
    private @Nullable ProcessView[] processes = new ProcessView[64];
    private final BatchItems.Read readProcess = this::readProcess;
    private boolean processesRead;
    private final KnownProcesses.Tokens tokens = new KnownProcesses.Tokens(this, knownProcesses);
    private @Nullable ContainerView[] containers = new ContainerView[8];
    private int schemaId;
    private String node = "";
    private int lane;
    private long sequence;
    private long collectorStart;
    private long firstEvent;
    private long baseTime;
    private long lost;
    private int lostAt;
    private int processesAt;
    private int eventsAt;
    private int endAt;
    private int blockLeft;
    private int blockEnd;
    private boolean ended;
    private int eventIndex;
    private int type;
    private long time;
    private int process;
    private long tid;
    private int cpu;
    private long result;
    private boolean truncated;

    /// Creates a cursor on an empty batch.
    public BatchCursor() {
        ended = true;
    }

    /// Starts reading the value of a record of `events.syscall`; the bytes must not change meanwhile.
    ///
    /// @throws BadRecordException if the framing or anything before the events is invalid
    public BatchCursor wrap(byte[] value) {
        ended = true;
        schemaId = WireFormat.schemaId(value);
        record = value;
        in.wrap(value, WireFormat.HEADER_BYTES, value.length);
        node = in.readString();
        lane = in.readInt();
        sequence = in.readLong();
        collectorStart = in.readLong();
        firstEvent = in.readLong();
        baseTime = in.readLong();
        lostAt = in.position();
        lost = in.readLong();
        processesAt = in.position();
        processItems.wrap(value, in);
        containerItems.wrap(value, in);
        forgetViews();
        arguments.record(value);
        descriptor.record(value);
        eventsAt = in.position();
        endAt = -1;
        rewind();
        return this;
    }

    private void forgetViews() {
        if (processes.length < processItems.count()) {
            processes = Arrays.copyOf(processes, Math.max(processItems.count(), processes.length * 2));
        }
        processesRead = false;
        knownProcesses.begin();
        if (containers.length < containerItems.count()) {
            containers = new ContainerView[Math.max(containerItems.count(), containers.length * 2)];
        }
        Arrays.fill(containers, null);
    }

    /// Returns to before the first event.
    public void rewind() {
        in.position(eventsAt);
        blockLeft = 0;
        blockEnd = -1;
        ended = false;
        eventIndex = -1;
    }

    /// Reads the whole batch, so that nothing after this call can fail, and returns to before the first event.
    ///
    /// @throws BadRecordException if anything in it is invalid
    public void check() {
        for (int i = 0; i < processItems.count(); i++) {
            process(i);
        }
        for (int i = 0; i < containerItems.count(); i++) {
            container(i);
        }
        rewind();
        while (next()) {
            if (process < -1 || process >= processItems.count()) {
                throw BadRecordException.corrupt("event=" + eventIndex + " process=" + process);
            }
        }
        rewind();
    }

    /// Id of the schema that the record was written with.
    public int schemaId() {
        return schemaId;
    }

    /// Host name of the node.
    public String node() {
        return node;
    }

    /// Lane of the node, from 0.
    public int lane() {
        return lane;
    }

    /// Number of the batch in its lane since the collector started.
    public long sequence() {
        return sequence;
    }

    /// Nanoseconds since the epoch.
    public long collectorStart() {
        return collectorStart;
    }

    /// Events in earlier batches of the lane; `evt.num` of the first event is one more.
    public long firstEvent() {
        return firstEvent;
    }

    /// Nanoseconds since the epoch.
    public long baseTime() {
        return baseTime;
    }

    /// Records lost on the node since the lane's previous batch, and events removed from this one.
    public long lost() {
        return lost;
    }

    /// Until when the node was watched before the gap that this batch follows, nanoseconds since the epoch; 0: it
    /// follows none. Does not move the cursor.
    public long unwatchedSince() {
        item.wrap(record, end(), record.length);
        return item.readLong();
    }

    /// Whether something may be missing before or in this batch: records were lost, or the node was not watched.
    public boolean incomplete() {
        return lost != 0 || unwatchedSince() != 0;
    }

    /// Where the events end, and what follows them begins.
    private int end() {
        if (endAt < 0) {
            item.wrap(record, eventsAt, record.length);
            endAt = item.skipSizedBlocks() == 0 ? item.position() : endByReading();
        }
        return endAt;
    }

    private int endByReading() {
        BatchCursor other = new BatchCursor().wrap(record);
        while (other.next()) {}
        return other.endAt;
    }

    /// The same batch without some of its events, which count as lost; without any event it has no process either.
    /// Moves the cursor to the end.
    ///
    /// @param removed whether to remove the events of an [EventType#number]
    /// @return a record's value in the schema of this version
    public byte[] without(IntPredicate removed) {
        AvroOutput kept = new AvroOutput(record.length);
        int count = 0;
        int all = 0;
        rewind();
        int from = -1;
        while ((from = nextEventAt()) >= 0 && next()) {
            all++;
            if (!removed.test(type)) {
                kept.raw(record, from, in.position() - from);
                count++;
            }
        }
        return rewritten(kept, count, all - count);
    }

    /// Where the event begins that [#next] will read; -1: there is none.
    private int nextEventAt() {
        return blockLeft == 0 && !nextBlock() ? -1 : in.position();
    }

    private byte[] rewritten(AvroOutput kept, int count, int removed) {
        AvroOutput out = new AvroOutput(record.length + 64);
        out.raw(record, 0, lostAt);
        out.writeLong(lost + removed);
        if (count > 0) {
            out.raw(record, processesAt, eventsAt - processesAt);
            out.writeLong(-(long) count);
            out.writeLong(kept.size());
            kept.appendTo(out);
        } else {
            out.writeLong(0); // processes
            out.writeLong(0); // containers
        }
        out.writeLong(0);
        out.raw(record, endAt, record.length - endAt);
        return out.toByteArray();
    }

    /// Processes in the batch.
    public int processCount() {
        return processItems.count();
    }

    /// The process with this index; the same view each time, until the next [#wrap].
    public ProcessView process(int index) {
        processItems.check(index);
        if (!processesRead) {
            processItems.readAll(readProcess);
            processesRead = true;
        }
        return view(index);
    }

    /// All are read when one is asked for: to find it, those before it must be walked through anyway.
    private int readProcess(int index, int offset) {
        return view(index).wrap(record, offset, index, processItems.count(), containerItems.count());
    }

    private ProcessView view(int index) {
        ProcessView view = processes[index];
        if (view == null) {
            view = new ProcessView(knownProcesses, noProcess);
            processes[index] = view;
        }
        return view;
    }

    /// Stands for the process with this index, its ancestors, what its session and group leaders are, and its
    /// container: wherever this cursor gives the same token, in whatever batch, all of these are the same.
    /// Always positive.
    public long processToken(int index) {
        long known = process(index).token();
        return known > 0 ? known : tokens.of(index);
    }

    /// Containers in the batch.
    public int containerCount() {
        return containerItems.count();
    }

    /// The container with this index.
    public ContainerView container(int index) {
        int offset = containerItems.offset(index);
        ContainerView view = containers[index];
        if (view == null) {
            view = knownContainers.at(record, offset, containerItems.end(index), index, item);
            containers[index] = view;
        }
        return view;
    }

    /// Events in the batch; does not move the cursor.
    public int eventCount() {
        item.wrap(record, eventsAt, record.length);
        int count = 0;
        for (int items = item.readBlock(); items > 0; items = item.readBlock()) {
            count += items;
            if (item.blockEnd() < 0) {
                return countByReading();
            }
            item.position(item.blockEnd());
        }
        return count;
    }

    private int countByReading() {
        BatchCursor other = new BatchCursor().wrap(record);
        int count = 0;
        while (other.next()) {
            count++;
        }
        return count;
    }

    /// Moves to the next event; false if there is none.
    ///
    /// @throws BadRecordException if the event is incomplete, or bytes follow the last one
    public boolean next() {
        if (blockLeft == 0 && !nextBlock()) {
            return false;
        }
        type = in.readInt();
        time = baseTime + in.readLong();
        process = in.readInt();
        tid = in.readLong();
        cpu = in.readInt();
        result = in.readLong();
        arguments.read(in);
        descriptor.read(in);
        truncated = in.readBoolean();
        eventIndex++;
        blockLeft--;
        return true;
    }

    private boolean nextBlock() {
        if (ended) {
            return false;
        }
        in.expectEnd(blockEnd);
        blockLeft = in.readBlock();
        blockEnd = in.blockEnd();
        if (blockLeft == 0) {
            ended = true;
            endAt = in.position();
            in.readLong(); // unwatchedSince
            if (in.remaining() != 0) {
                throw BadRecordException.corrupt("bytes after the last field: " + in.remaining());
            }
        }
        return !ended;
    }

    /// Index of the event in the batch, from 0: the last part of its address.
    public int eventIndex() {
        return eventIndex;
    }

    /// [EventType#number].
    public int type() {
        return type;
    }

    /// Nanoseconds since the epoch.
    public long time() {
        return time;
    }

    /// Index of the calling process; -1: unknown.
    public int process() {
        return process;
    }

    /// The calling thread.
    public long tid() {
        return tid;
    }

    /// `evt.cpu`.
    public int cpu() {
        return cpu;
    }

    /// Result of the call: negative errno on failure.
    public long result() {
        return result;
    }

    /// Whether a part of one of the event's strings is missing.
    public boolean truncated() {
        return truncated;
    }

    /// Arguments of the event.
    public int argumentCount() {
        return arguments.count();
    }

    /// Kind of argument `index`; [ArgumentKind#NULL] also for an index that the event does not have.
    public ArgumentKind argumentKind(int index) {
        return arguments.kind(index);
    }

    /// The number; 0 if it is not one.
    public long argumentLong(int index) {
        return arguments.number(index);
    }

    /// The string; empty if it is not one.
    public String argumentString(int index) {
        return arguments.string(index);
    }

    /// A copy of the bytes or of the string's UTF-8; empty if it is neither.
    public byte[] argumentBytes(int index) {
        return arguments.bytes(index);
    }

    /// Offset in [#record] of the bytes or of the string's UTF-8.
    public int argumentOffset(int index) {
        return arguments.offset(index);
    }

    /// Length in bytes of the value at [#argumentOffset]; 0 for numbers and null.
    public int argumentLength(int index) {
        return arguments.length(index);
    }

    /// Absolute paths of the event.
    public int pathCount() {
        return arguments.pathCount();
    }

    /// Path `index`.
    ///
    /// @throws IndexOutOfBoundsException if the event has no such path
    public String path(int index) {
        return arguments.path(index);
    }

    /// The descriptor that the event refers to.
    public EventDescriptor descriptor() {
        return descriptor;
    }

    /// Kind of the event's descriptor.
    public DescriptorKind descriptorKind() {
        return descriptor.kind();
    }

    /// The text cache of this cursor, to decode further texts from its bytes.
    public TextCache texts() {
        return texts;
    }

    /// The current record, for reading arguments in place. Not a copy: do not modify it.
    public byte[] record() {
        return record;
    }
}
