package dev.tiercel.benchmarks;

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
import dev.tiercel.schemas.ProcessAttribute;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

/// Reads the fields that the collector reads, into a sum that the JIT cannot eliminate.
final class FieldReader implements KeventHandler {
    private static final ProcessField[] PROCESS_NUMBERS = Stream.concat(
                    Arrays.stream(ProcessAttribute.values()).flatMap(attribute -> attribute.recordField().stream()),
                    Stream.of("sid", "ns_mnt", "ns_pid", "ns_net", "ns_user", "ns_uts", "ns_ipc", "ns_cgroup"))
            .map(ProcessDecoder::field)
            .filter(field -> !field.string())
            .toArray(ProcessField[]::new);

    private final boolean copyStrings;
    private final byte[] copy = new byte[64 * 1024];
    private final HeaderDecoder header = new HeaderDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final SocketDecoder socket = new SocketDecoder();
    private final SyscallDecoder syscall = new SyscallDecoder();
    private final ForkDecoder fork = new ForkDecoder();
    private final ProcessDecoder process = new ProcessDecoder();
    private final ExitDecoder exit = new ExitDecoder();
    private long sum;
    private long pids;

    /// @param copyStrings whether the bytes of strings are also copied, as into a batch
    FieldReader(boolean copyStrings) {
        this.copyStrings = copyStrings;
    }

    long takeSum() {
        long taken = sum;
        sum = 0;
        return taken;
    }

    long takePids() {
        long taken = pids;
        pids = 0;
        return taken;
    }

    @Override
    public void onRecord(ByteBuffer data, int offset, int length) {
        header.wrap(data, offset);
        pids += header.pid();
        sum += header.ktime() + header.cpu() + header.tid() + header.start() + header.uid() + header.recordFlags();
        switch (header.type()) {
            case KeventType.OPEN -> readOpen(data, offset);
            case KeventType.SOCKET -> readSocket(data, offset);
            case KeventType.SYSCALL -> readSyscall(data, offset);
            case KeventType.FORK -> readFork(data, offset);
            case KeventType.EXEC, KeventType.PROCESS -> readProcess(data, offset);
            case KeventType.EXIT -> readExit(data, offset);
            default -> throw new IllegalStateException("type=" + header.type());
        }
    }

    private void readOpen(ByteBuffer data, int offset) {
        open.wrap(data, offset);
        sum += open.nr() + open.ret() + open.flags() + open.mode() + open.dirfd() + open.ino() + open.dev();
        sum += open.fileMode() + open.state();
        string(data, open.pathOffset(), open.pathLength());
        string(data, open.fileOffset(), open.fileLength());
        string(data, open.dirOffset(), open.dirLength());
    }

    private void readSocket(ByteBuffer data, int offset) {
        socket.wrap(data, offset);
        sum += socket.nr() + socket.ret() + socket.ino() + socket.fd() + socket.family() + socket.sockType();
        sum += socket.protocol() + socket.state() + socket.isServer() + socket.queue();
        sum += socket.localPort() + socket.remotePort() + socket.userPort() + socket.userFamily();
        for (int i = 0; i < 6; i++) {
            sum += socket.arg(i);
        }
        string(data, socket.localAddrOffset(), 4);
        string(data, socket.remoteAddrOffset(), 4);
        string(data, socket.localOffset(), socket.localLength());
        string(data, socket.remoteOffset(), socket.remoteLength());
    }

    private void readSyscall(ByteBuffer data, int offset) {
        syscall.wrap(data, offset);
        sum += syscall.nr() + syscall.ret() + syscall.fileMode();
        for (int i = 0; i < 6; i++) {
            sum += syscall.arg(i);
        }
        for (int i = 0; i < 4; i++) {
            string(data, syscall.stringOffset(i), syscall.stringLength(i));
        }
    }

    private void readFork(ByteBuffer data, int offset) {
        fork.wrap(data, offset);
        sum += fork.childPid() + fork.childVpid() + fork.childStart() + fork.childCgroupId() + fork.cloneFlags();
    }

    private void readProcess(ByteBuffer data, int offset) {
        process.wrap(data, offset);
        sum += process.parentStart() + process.ppid() + process.nr();
        for (ProcessField number : PROCESS_NUMBERS) {
            sum += process.number(number);
        }
        string(data, process.exeOffset(), process.exeLength());
        string(data, process.cwdOffset(), process.cwdLength());
        string(data, process.filenameOffset(), process.filenameLength());
        string(data, process.cgroupOffset(), process.cgroupLength());
        string(data, process.argvOffset(), process.argvLength());
        string(data, process.envOffset(), process.envLength());
    }

    private void readExit(ByteBuffer data, int offset) {
        exit.wrap(data, offset);
        sum += exit.code();
    }

    private void string(ByteBuffer data, int offset, int length) {
        sum += length;
        if (copyStrings && length > 0) {
            data.get(offset, copy, 0, length);
            sum += copy[length - 1];
        }
    }
}
