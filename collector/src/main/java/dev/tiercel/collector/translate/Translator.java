package dev.tiercel.collector.translate;

import dev.tiercel.collector.batch.Lane;
import dev.tiercel.collector.batch.Lanes;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.StateChanges;
import dev.tiercel.kevent.ExitDecoder;
import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.KeventType;
import dev.tiercel.kevent.OpenDecoder;
import dev.tiercel.kevent.ProcessDecoder;
import dev.tiercel.kevent.ProcessField;
import dev.tiercel.kevent.SocketDecoder;
import dev.tiercel.kevent.SyscallDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.service.DistinctErrors;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Applies each record to the node's state, and turns most into an event of a batch. Single-threaded.
///
/// A record that cannot be translated is counted and skipped, and each kind of failure is logged once.
public final class Translator implements KeventHandler {
    /// What became of the records drained: `drained = events + stateOnly + unknownType + failed`.
    ///
    /// @param events records that became events, which are then published or dropped
    /// @param stateOnly records that changed the state of the node only
    /// @param unknownType records of a type that this version does not know
    /// @param failed records whose translation failed: a bug, logged once for each kind
    public record TranslationCounts(long drained, long events, long stateOnly, long unknownType, long failed) {}

    /// `KEVENT_CUT_FILENAME`.
    private static final int FILENAME = 0x40;

    private static final ProcessField TRUNCATED = ProcessDecoder.field("truncated");

    private final NodeState node;
    private final Lanes lanes;
    private final CallTable calls = CallTable.ofThisMachine();
    private final DistinctErrors errors = new DistinctErrors(LoggerFactory.getLogger(Translator.class));
    private final HeaderDecoder header = new HeaderDecoder();
    private final ProcessDecoder process = new ProcessDecoder();
    private final ForkDecoder fork = new ForkDecoder();
    private final ExitDecoder exit = new ExitDecoder();
    private final SyscallDecoder syscall = new SyscallDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final SocketDecoder socket = new SocketDecoder();
    private final CallEvents callEvents;
    private final OpenEvents openEvents;
    private final SocketEvents socketEvents;
    private final PathResolver path = new PathResolver();
    private long drained;
    private long events;
    private long stateOnly;
    private long unknownType;
    private long failed;
    private long timeOffset;
    private long nowNanos;
    private @Nullable Lane lane;

    public Translator(NodeState node, Lanes lanes) {
        this.node = node;
        this.lanes = lanes;
        StateChanges changes = new StateChanges(node);
        this.callEvents = new CallEvents(changes);
        this.openEvents = new OpenEvents(changes);
        this.socketEvents = new SocketEvents(changes);
    }

    /// Numbers, on this machine, of the system calls that can be translated, by name.
    public static Map<String, Integer> syscalls() {
        return CallTable.ofThisMachine().numbers();
    }

    /// Sets the time for the next records.
    ///
    /// @param now of the collector's clock
    /// @param bootTimeEpochNanos offset that turns a record's `ktime` into nanoseconds since the epoch
    public void tick(long now, long bootTimeEpochNanos) {
        nowNanos = now;
        timeOffset = bootTimeEpochNanos;
    }

    /// What became of the records so far.
    public TranslationCounts counts() {
        return new TranslationCounts(drained, events, stateOnly, unknownType, failed);
    }

    @Override
    public void onRecord(ByteBuffer data, int offset, int length) {
        drained++;
        header.wrap(data, offset);
        lane = null;
        try {
            translate(data, offset);
        } catch (RuntimeException e) {
            failed++;
            errors.record("translating a record of type " + header.type(), e);
            if (lane != null) {
                lane.cancelEvent();
            }
        }
    }

    private void translate(ByteBuffer data, int offset) {
        switch (header.type()) {
            case KeventType.OPEN -> open(data, offset);
            case KeventType.SYSCALL -> syscall(data, offset);
            case KeventType.SOCKET -> socket(data, offset);
            case KeventType.EXEC -> exec(data, offset);
            case KeventType.FORK -> fork(data, offset);
            case KeventType.EXIT -> exit(data, offset);
            case KeventType.PROCESS -> snapshot(data, offset);
            default -> unknownType++;
        }
    }

    private void open(ByteBuffer data, int offset) {
        open.wrap(data, offset);
        ProcessEntry caller = node.caller(open);
        Call call = calls.get(open.nr());
        if (call == null || call.descriptor().role() != Call.DescriptorRole.OPEN) {
            generic(caller, open.nr(), open.ret());
            return;
        }
        openEvents.apply(open, data, caller);
        BatchWriter writer = begin(caller, call.type(), open.ret());
        openEvents.write(call, open, data, caller, writer);
        added();
    }

    private void syscall(ByteBuffer data, int offset) {
        syscall.wrap(data, offset);
        ProcessEntry caller = node.caller(syscall);
        Call call = calls.get(syscall.nr());
        if (call == null || hasOtherRecord(call)) {
            generic(caller, syscall.nr(), syscall.ret());
            return;
        }
        callEvents.resolve(call, syscall, data, caller);
        callEvents.apply(call, syscall, caller);
        BatchWriter writer = begin(caller, call.type(), syscall.ret());
        callEvents.write(call, syscall, data, caller, writer);
        added();
    }

    private static boolean hasOtherRecord(Call call) {
        return call.descriptor().role() == Call.DescriptorRole.OPEN
                || call.descriptor().role() == Call.DescriptorRole.SOCKET;
    }

    private void socket(ByteBuffer data, int offset) {
        socket.wrap(data, offset);
        ProcessEntry caller = node.caller(socket);
        Call call = calls.get(socket.nr());
        if (call == null) {
            generic(caller, socket.nr(), socket.ret());
            return;
        }
        socketEvents.apply(call, socket, caller);
        BatchWriter writer = begin(caller, call.type(), socket.ret());
        socketEvents.write(call, socket, data, writer);
        added();
    }

    /// A program that was started is an execve, whichever call started it, as for Falco's sensor; execveat is what failed.
    private void exec(ByteBuffer data, int offset) {
        process.wrap(data, offset);
        ProcessEntry caller = node.exec(process);
        BatchWriter writer = begin(caller, EventType.EXECVE, 0);
        if ((process.number(TRUNCATED) & FILENAME) != 0) { // all else that is missing is the process's
            writer.truncated();
        }
        ProcessEvents.exec(writer, EventType.EXECVE, caller, process.tid(), 0);
        writer.argument(data, process.filenameOffset(), process.filenameLength());
        path.resolve(caller.state().cwd(), data, process.filenameOffset(), process.filenameLength());
        writer.paths(1);
        writer.path(path.bytes(), 0, path.length());
        writer.noDescriptor();
        added();
    }

    private void fork(ByteBuffer data, int offset) {
        fork.wrap(data, offset);
        ProcessEntry parent = node.fork(fork);
        BatchWriter writer = begin(parent, EventType.CLONE, fork.childPid());
        ProcessEvents.fork(writer, parent, fork);
        end(writer);
    }

    private void exit(ByteBuffer data, int offset) {
        exit.wrap(data, offset);
        ProcessEntry exiting = node.exit(exit);
        BatchWriter writer = begin(exiting, EventType.PROCEXIT, 0);
        ProcessEvents.exit(writer, exit);
        end(writer);
    }

    private void snapshot(ByteBuffer data, int offset) {
        process.wrap(data, offset);
        node.snapshot(process);
        stateOnly++;
    }

    /// A call without a row in the table: Falco's generic event.
    private void generic(ProcessEntry caller, int number, long result) {
        BatchWriter writer = begin(caller, EventType.SYSCALL, result);
        writer.arguments(2);
        writer.argument(number);
        writer.argument(number);
        end(writer);
    }

    private BatchWriter begin(ProcessEntry caller, EventType type, long result) {
        Lane target = lanes.of(caller);
        lane = target;
        long time = timeOffset + header.ktime();
        BatchWriter writer = target.begin(time, nowNanos);
        writer.beginEvent(type.number(), time, target.index(caller), header.tid(), header.cpu(), result);
        if (header.isCut() && header.type() != KeventType.EXEC) {
            writer.truncated();
        }
        return writer;
    }

    private void end(BatchWriter writer) {
        writer.paths(0);
        writer.noDescriptor();
        added();
    }

    private void added() {
        events++;
        Lane target = lane;
        lane = null;
        if (target != null) {
            target.added(nowNanos);
        }
    }
}
