package dev.tiercel.benchmarks;

import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ExitEncoder;
import dev.tiercel.kevent.ForkEncoder;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.OpenEncoder;
import dev.tiercel.kevent.RingWriter;
import dev.tiercel.kevent.SocketEncoder;
import dev.tiercel.kevent.SyscallEncoder;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Records as a busy node makes them, the same on every run: of 100, 50 opens, 20 calls on sockets, 15 that change
/// files, 5 each of fork, exec and exit. Strings are as long as they are on a Debian machine.
final class RecordMix {
    private static final long START = 500_000_000L;

    private final SplittableRandom random = new SplittableRandom(20261122);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 * 1024);
    private final OpenEncoder open = new OpenEncoder();
    private final SocketEncoder socket = new SocketEncoder();
    private final SyscallEncoder syscall = new SyscallEncoder();
    private final ForkEncoder fork = new ForkEncoder();
    private final ExecEncoder process = new ExecEncoder();
    private final ExitEncoder exit = new ExitEncoder();
    private long sequence;
    private long pids;

    /// Writes records until the ring is full or holds `limit`, and returns how many they are.
    int fill(RingWriter writer, int limit) {
        int records = 0;
        while (records < limit && writer.tryWrite(scratch, 0, next())) {
            records++;
        }
        return records;
    }

    /// The sum of the pids of all records written by [#next].
    long pids() {
        return pids;
    }

    private int next() {
        int choice = random.nextInt(100);
        if (choice < 50) {
            return openRecord();
        }
        if (choice < 70) {
            return socketRecord();
        }
        if (choice < 85) {
            return syscallRecord();
        }
        return choice < 90 ? forkRecord() : choice < 95 ? execRecord() : exitRecord();
    }

    private <E extends HeaderEncoder<E>> E header(E encoder) {
        int pid = 1000 + random.nextInt(200);
        pids += pid;
        sequence++;
        return encoder.wrap(scratch, 0)
                .ktime(START + 1000 * sequence)
                .cpu(random.nextInt(2))
                .pid(pid)
                .tid(pid)
                .start(START + pid)
                .cgroupId(4711)
                .comm("java")
                .uid(1000);
    }

    private String path(int directories) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < directories; i++) {
            path.append("/directory").append(random.nextInt(10));
        }
        return path.append("/file-").append(random.nextInt(1_000_000)).toString();
    }

    private int openRecord() {
        String path = path(1 + random.nextInt(4));
        boolean found = random.nextInt(10) > 0;
        header(open)
                .ret(found ? 7 : -2)
                .ino(random.nextInt())
                .dev(8 << 20 | 1)
                .flags(0x80000)
                .dirfd(-100)
                .nr(257);
        return open.path(path).file(found ? path : "").finish();
    }

    private int socketRecord() {
        header(socket).ret(0).arg(0, 9).ino(random.nextInt()).fd(9).nr(42);
        socket.family(2)
                .sockType(1)
                .protocol(6)
                .localPort(40_000 + random.nextInt(20_000))
                .remotePort(443);
        byte[] address = {10, 0, 0, (byte) random.nextInt(256)};
        return socket.localAddr(new byte[] {10, 0, 0, 1})
                .remoteAddr(address)
                .userAddr(address)
                .finish();
    }

    private int syscallRecord() {
        boolean rename = random.nextBoolean();
        header(syscall).ret(0).arg(0, 0x7f00_0000_1000L).nr(rename ? 82 : 87);
        syscall.string(0, path(2));
        return rename ? syscall.string(1, path(2)).finish() : syscall.finish();
    }

    private int forkRecord() {
        return header(fork)
                .childStart(START + sequence)
                .childCgroupId(4711)
                .childPid(2000)
                .childVpid(12)
                .finish();
    }

    private int execRecord() {
        header(process)
                .parentStart(START)
                .ppid(999)
                .nr(59)
                .exeIno(random.nextInt())
                .exeMode(0100755)
                .threads(1);
        process.exe("/usr/bin/git").cwd(path(3)).filename("/usr/bin/git");
        process.cgroup("/system.slice/docker-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope");
        return process.argv("git\0log\0--oneline\0-n\00020\0--\0" + path(2) + "\0")
                .finish();
    }

    private int exitRecord() {
        return header(exit).code(random.nextInt(2) << 8).finish();
    }
}
