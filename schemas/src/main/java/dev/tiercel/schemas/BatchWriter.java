package dev.tiercel.schemas;

import java.nio.ByteBuffer;

/// Writes SyscallBatches as Avro binary, without an object per event.
///
/// Use: [#begin], then processes and containers before they are first referenced, interleaved with events, then
/// [#finish]. An event is [#beginEvent], [#arguments] and as many `argument*` calls, [#paths] and as many [#path]
/// calls, then one descriptor: [#noDescriptor], or `begin…Descriptor … end…Descriptor`; [#truncated] anywhere
/// between. A call out of that order is a bug and throws [IllegalStateException]. Bytes of strings that are not UTF-8
/// are written as [RawText], which any Avro reader accepts.
///
/// Arrays are written as one block with its size in bytes, which lets a reader skip them. Not thread-safe; reusable.
public final class BatchWriter {

    private static final int NULL = 0;
    private static final int LONG = 1;
    private static final int STRING = 2;
    private static final int BYTES = 3;
    private static final int FILE = 1;
    private static final int SOCKET = 2;
    private static final int ARRAY_HEADER_MAX = 21;

    /// What is expected next.
    private enum State {
        IDLE,
        OPEN,
        EVENT,
        ARGUMENTS,
        PATHS,
        FILE_PATH,
        FILE_END,
        SOCKET_LOCAL,
        SOCKET_REMOTE,
        SOCKET_END
    }

    private final AvroOutput header = new AvroOutput(256);
    private final AvroOutput processes = new AvroOutput(16 << 10);
    private final AvroOutput containers = new AvroOutput(4 << 10);
    private final AvroOutput events = new AvroOutput(64 << 10);
    private State state = State.IDLE;
    private long baseTime;
    private int processCount;
    private int containerCount;
    private int eventCount;
    private int eventStart;
    private int left;
    private boolean truncated;
    private long unwatchedSince;

    /// Creates a writer with empty buffers.
    public BatchWriter() {}

    /// Starts a batch; anything written since the last [#finish] is discarded.
    public void begin(BatchHeader batch) {
        header.clear();
        processes.clear();
        containers.clear();
        events.clear();
        processCount = 0;
        containerCount = 0;
        eventCount = 0;
        unwatchedSince = 0;
        baseTime = batch.baseTime();
        header.writeString(batch.node());
        header.writeLong(batch.lane());
        header.writeLong(batch.sequence());
        header.writeLong(batch.collectorStart());
        header.writeLong(batch.firstEvent());
        header.writeLong(batch.baseTime());
        state = State.OPEN;
    }

    /// Marks the batch as one of the first after a time in which the node was not watched: when that time began,
    /// nanoseconds since the epoch; 0: no such time.
    public void unwatchedSince(long nanos) {
        expectBatch();
        unwatchedSince = nanos;
    }

    /// Adds a container as [ContainerEncoder] encoded it; returns its index.
    public int addContainer(byte[] encodedContainer) {
        expectBatch();
        containers.raw(encodedContainer, 0, encodedContainer.length);
        return containerCount++;
    }

    /// Adds a process; returns its index. The first three are indices of processes, -1: none or unknown; `container`
    /// is an index of a container, -1: the host. `body` comes from [ProcessEncoder].
    public int addProcess(int parent, int sessionLeader, int groupLeader, int container, byte[] body, int bodyLength) {
        expectBatch();
        processes.writeLong(parent);
        processes.writeLong(sessionLeader);
        processes.writeLong(groupLeader);
        processes.writeLong(container);
        processes.raw(body, 0, bodyLength);
        return processCount++;
    }

    /// Starts an event. `time` is nanoseconds since the epoch; `process` an index that [#addProcess] returned.
    public void beginEvent(int type, long time, int process, long tid, int cpu, long result) {
        move(State.OPEN, State.EVENT);
        eventStart = events.size();
        truncated = false;
        events.writeLong(type);
        events.writeLong(time - baseTime);
        events.writeLong(process);
        events.writeLong(tid);
        events.writeLong(cpu);
        events.writeLong(result);
    }

    /// Marks the current event: a part of one of its strings is missing.
    public void truncated() {
        truncated = true;
    }

    /// Discards an event that was begun and not ended; does nothing if there is none.
    public void cancelEvent() {
        if (state != State.OPEN && state != State.IDLE) {
            events.truncate(eventStart);
            state = State.OPEN;
        }
    }

    /// Sets the number of arguments that follow.
    public void arguments(int count) {
        move(State.EVENT, State.ARGUMENTS);
        beginItems(count);
    }

    /// Adds an unknown argument.
    public void argumentNull() {
        item(State.ARGUMENTS);
        events.writeLong(NULL);
    }

    /// A number.
    public void argument(long value) {
        item(State.ARGUMENTS);
        events.writeLong(LONG);
        events.writeLong(value);
    }

    /// A string.
    public void argument(byte[] source, int offset, int length) {
        item(State.ARGUMENTS);
        events.writeLong(STRING);
        events.writeString(source, offset, length);
    }

    /// A string, read from absolute `offset`.
    public void argument(ByteBuffer source, int offset, int length) {
        item(State.ARGUMENTS);
        events.writeLong(STRING);
        events.writeString(source, offset, length);
    }

    /// Bytes.
    public void argumentBytes(byte[] source, int offset, int length) {
        item(State.ARGUMENTS);
        events.writeLong(BYTES);
        events.writeBytes(source, offset, length);
    }

    /// Bytes, read from absolute `offset`.
    public void argumentBytes(ByteBuffer source, int offset, int length) {
        item(State.ARGUMENTS);
        events.writeLong(BYTES);
        events.writeBytes(source, offset, length);
    }

    /// Ends the arguments and sets the number of paths that follow.
    public void paths(int count) {
        endItems(State.ARGUMENTS);
        state = State.PATHS;
        beginItems(count);
    }

    /// A path of the event, or the path of the current file descriptor.
    public void path(byte[] source, int offset, int length) {
        pathItem();
        events.writeString(source, offset, length);
    }

    /// A path of the event, or the path of the current file descriptor; read from absolute `offset`.
    public void path(ByteBuffer source, int offset, int length) {
        pathItem();
        events.writeString(source, offset, length);
    }

    /// Ends the event, without a descriptor.
    public void noDescriptor() {
        endItems(State.PATHS);
        events.writeLong(NULL);
        endEvent();
    }

    /// Ends the paths; one [#path] and [#endFileDescriptor] follow. The numbers are those of FileDescriptor.
    public void beginFileDescriptor(int number, int kind) {
        endItems(State.PATHS);
        events.writeLong(FILE);
        events.writeLong(number);
        events.writeLong(kind);
        state = State.FILE_PATH;
    }

    /// Ends the file descriptor and the event.
    public void endFileDescriptor(long device, long inode, int mode, int flags) {
        move(State.FILE_END, State.OPEN);
        events.writeLong(device);
        events.writeLong(inode);
        events.writeLong(mode);
        events.writeLong(flags);
        endEvent();
    }

    /// Ends the paths; two `endpoint` calls and [#endSocketDescriptor] follow. The numbers are those of
    /// SocketDescriptor.
    public void beginSocketDescriptor(int number, int family, int type, int protocol) {
        endItems(State.PATHS);
        events.writeLong(SOCKET);
        events.writeLong(number);
        events.writeLong(family);
        events.writeLong(type);
        events.writeLong(protocol);
        state = State.SOCKET_LOCAL;
    }

    /// The local, then the remote end: 4 or 16 bytes in network order, or none.
    public void endpoint(byte[] address, int offset, int length, int port) {
        endpointItem();
        events.writeBytes(address, offset, length);
        events.writeLong(port);
    }

    /// The local, then the remote end: 4 or 16 bytes in network order, or none; read from absolute `offset`.
    public void endpoint(ByteBuffer address, int offset, int length, int port) {
        endpointItem();
        events.writeBytes(address, offset, length);
        events.writeLong(port);
    }

    /// Ends the socket descriptor and the event. `path` is that of a unix socket, else empty.
    public void endSocketDescriptor(boolean server, byte[] path, long inode, boolean connected) {
        move(State.SOCKET_END, State.OPEN);
        events.writeBoolean(server);
        events.writeString(path, 0, path.length);
        events.writeLong(inode);
        events.writeBoolean(connected);
        endEvent();
    }

    /// Events ended since [#begin].
    public int eventCount() {
        return eventCount;
    }

    /// Processes added since [#begin].
    public int processCount() {
        return processCount;
    }

    /// Containers added since [#begin].
    public int containerCount() {
        return containerCount;
    }

    /// Upper bound of the size of the record, at most 80 bytes too high.
    public int sizeBytes() {
        return WireFormat.HEADER_BYTES
                + header.size()
                + 20
                + processes.size()
                + containers.size()
                + events.size()
                + 3 * ARRAY_HEADER_MAX;
    }

    /// Ends the batch and returns the record's value in Confluent's wire format.
    ///
    /// @param lost kernel records lost on the node since the lane's previous batch
    public byte[] finish(long lost, int schemaId) {
        move(State.OPEN, State.IDLE);
        header.writeLong(lost);
        writeArrayHeader(processCount, processes.size());
        int processesAt = header.size();
        writeArrayHeader(containerCount, containers.size());
        int containersAt = header.size();
        writeArrayHeader(eventCount, events.size());
        int eventsAt = header.size();
        header.writeLong(unwatchedSince);
        return assemble(processesAt, containersAt, eventsAt, schemaId);
    }

    /// Puts the items of each array behind its header: `header` has the processes' up to `processesAt`, and so on.
    private byte[] assemble(int processesAt, int containersAt, int eventsAt, int schemaId) {
        byte[] front = header.toByteArray();
        int length = WireFormat.HEADER_BYTES
                + front.length
                + ended(processes, processCount)
                + ended(containers, containerCount)
                + ended(events, eventCount);
        byte[] record = new byte[length];
        WireFormat.writeHeader(record, schemaId);
        int at = WireFormat.HEADER_BYTES;
        at = copy(front, 0, processesAt, record, at);
        at = copy(processes, processCount, record, at);
        at = copy(front, processesAt, containersAt, record, at);
        at = copy(containers, containerCount, record, at);
        at = copy(front, containersAt, eventsAt, record, at);
        at = copy(events, eventCount, record, at);
        copy(front, eventsAt, front.length, record, at);
        return record;
    }

    private void writeArrayHeader(int count, int sizeBytes) {
        header.writeLong(-(long) count);
        if (count > 0) {
            header.writeLong(sizeBytes);
        }
    }

    /// Size of the items and the empty block after them; an empty array is only the empty block, written already.
    private static int ended(AvroOutput items, int count) {
        return count == 0 ? 0 : items.size() + 1;
    }

    private static int copy(byte[] source, int from, int to, byte[] record, int at) {
        System.arraycopy(source, from, record, at, to - from);
        return at + to - from;
    }

    private static int copy(AvroOutput items, int count, byte[] record, int at) {
        if (count == 0) {
            return at;
        }
        items.copyTo(record, at);
        return at + items.size() + 1; // the array is new, so the byte of the empty block is 0 already
    }

    private void endEvent() {
        events.writeBoolean(truncated);
        state = State.OPEN;
        eventCount++;
    }

    private void beginItems(int count) {
        left = count;
        if (count > 0) {
            events.writeLong(count);
        }
    }

    private void item(State expected) {
        if (state != expected || left <= 0) {
            throw misuse(expected);
        }
        left--;
    }

    private void endItems(State expected) {
        if (state != expected || left != 0) {
            throw misuse(expected);
        }
        events.writeLong(0); // the empty block that ends an array
    }

    private void pathItem() {
        if (state == State.FILE_PATH) {
            state = State.FILE_END;
        } else {
            item(State.PATHS);
        }
    }

    private void endpointItem() {
        if (state == State.SOCKET_LOCAL) {
            state = State.SOCKET_REMOTE;
        } else {
            move(State.SOCKET_REMOTE, State.SOCKET_END);
        }
    }

    private void move(State from, State to) {
        if (state != from) {
            throw misuse(from);
        }
        state = to;
    }

    private void expectBatch() {
        if (state == State.IDLE) {
            throw misuse(State.OPEN);
        }
    }

    private IllegalStateException misuse(State expected) {
        return new IllegalStateException("expected=" + expected + " state=" + state + " itemsLeft=" + left);
    }
}
