package dev.tiercel.benchmarks;

import dev.tiercel.collector.capture.CaptureCounters;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.kevent.ExecEncoder;
import dev.tiercel.kevent.ExitEncoder;
import dev.tiercel.kevent.ForkEncoder;
import dev.tiercel.kevent.HeaderEncoder;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.OpenEncoder;
import dev.tiercel.kevent.SocketEncoder;
import dev.tiercel.kevent.SyscallEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// A node at work, as a source that never ends: 200 services and shells that open files, connect and fork children,
/// each of which executes a program, opens its libraries and ends.
///
/// The records lie in memory and are given in place, over and over; before each round the short-lived processes get
/// other start times, so that each round's are new. Of 1,000 records about 780 are opens (a fifth fail), 70 other file
/// calls, 70 on sockets, 80 the lives of children.
final class CollectorWorkload implements RecordSource {
    private static final int SERVICES = 200;
    private static final int FIRST_CHILD = 10_000;
    private static final int RECORDS = 100_000;
    private static final int BYTES = 64 << 20;
    private static final int KTIME = 0;
    private static final int LENGTH = 8;
    private static final int TYPE = 12;
    private static final int PID = 16;
    private static final int START = 24;
    private static final int CHILD_OR_PARENT_START = 64;
    private static final int TYPE_FORK = 3;
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final String[] FILES = {
        "/etc/ld.so.cache",
        "/lib/x86_64-linux-gnu/libc.so.6",
        "/lib/x86_64-linux-gnu/libpthread.so.0",
        "/usr/lib/locale/locale-archive",
        "/proc/self/status",
        "/var/log/app/access.log",
        "/usr/share/zoneinfo/Europe/Berlin",
        "/home/user/project/src/main/java/Example.java",
        "/etc/passwd",
        "/tmp/build/output/object-file.o"
    };

    private final ByteBuffer data = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    private final SplittableRandom random = new SplittableRandom(42);
    private int end;
    private int at;
    private int snapshotEnd;
    private long clock = 100_000_000_000L;
    private int children;
    private volatile boolean stopped;

    CollectorWorkload() {
        snapshot();
        snapshotEnd = end;
        int records = 0;
        while (records < RECORDS) {
            records += random.nextInt(100) < 2 ? life() : work(1 + random.nextInt(SERVICES), 0);
        }
    }

    @Override
    public int drain(KeventHandler handler, int limit) {
        if (stopped) {
            return 0;
        }
        int delivered = 0;
        while (delivered < limit) {
            if (at == end) {
                nextRound();
            }
            int length = data.getInt(at + LENGTH);
            int offset = at;
            at += (length + 7) & ~7;
            handler.onRecord(data, offset, length);
            delivered++;
        }
        return delivered;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public boolean await(Duration timeout) {
        return true;
    }

    @Override
    public long bootTimeEpochNanos() {
        return 1_700_000_000_000_000_000L;
    }

    @Override
    public CaptureCounters counters() {
        List<Long> none = List.of(0L, 0L, 0L, 0L, 0L);
        return new CaptureCounters(none, none, none, 0, 0, 0);
    }

    @Override
    public String describe() {
        return "generated workload";
    }

    @Override
    public String hostname() {
        return "bench";
    }

    @Override
    public boolean snapshotComplete() {
        return true;
    }

    @Override
    public boolean finished() {
        return stopped;
    }

    @Override
    public void close() {}

    /// Makes the children of the round to come other processes than those of the last.
    private void nextRound() {
        for (int offset = snapshotEnd; offset < end; offset += (data.getInt(offset + LENGTH) + 7) & ~7) {
            data.putLong(offset + KTIME, data.getLong(offset + KTIME) + ROUND_NANOS);
            if (data.getInt(offset + PID) >= FIRST_CHILD) {
                data.putLong(offset + START, data.getLong(offset + START) + ROUND_NANOS);
            } else if (data.getShort(offset + TYPE) == TYPE_FORK) {
                data.putLong(
                        offset + CHILD_OR_PARENT_START, data.getLong(offset + CHILD_OR_PARENT_START) + ROUND_NANOS);
            }
        }
        at = snapshotEnd;
    }

    private void snapshot() {
        process(new ExecEncoder().wrap(data, end).snapshot().ktime(clock), 1, 0, "systemd");
        for (int pid = 2; pid <= SERVICES; pid++) {
            process(new ExecEncoder().wrap(data, end).snapshot().ktime(clock), pid, pid < 20 ? 1 : pid / 10, "service");
        }
    }

    private void process(ExecEncoder encoder, int pid, int parent, String name) {
        encoder.pid(pid)
                .tid(pid)
                .start(start(pid))
                .cgroupId(1000L + (pid < FIRST_CHILD ? pid : 0))
                .comm(name)
                .ppid(parent)
                .parentStart(parent == 0 ? 0 : start(parent))
                .vpid(pid)
                .pgid(pid)
                .vpgid(pid)
                .sid(1)
                .vsid(1)
                .loginuid(0xffff_ffffL)
                .nsPid(0xEFFFFFFCL)
                .nsUser(0xEFFFFFFDL)
                .exe("/usr/sbin/" + name)
                .cwd("/srv/work")
                .filename("/usr/sbin/" + name)
                .cgroup("/system.slice/" + name + "-" + (pid < FIRST_CHILD ? pid : 0) + ".service")
                .argv(name + "\0--config\0/etc/" + name + "/" + name + ".conf\0--foreground\0");
        end += (encoder.finish() + 7) & ~7;
    }

    private long start(int pid) {
        return pid < FIRST_CHILD ? 1_000_000L * pid : 50_000_000_000L + pid;
    }

    /// A child forks, executes, opens its libraries, works and ends; returns the number of records.
    private int life() {
        int parent = 2 + random.nextInt(SERVICES - 1);
        int child = FIRST_CHILD + children++ % 20_000;
        ForkEncoder fork = header(new ForkEncoder().wrap(data, end), parent, 1000L + parent)
                .childPid(child)
                .childStart(start(child))
                .childVpid(child)
                .childNsPid(0xEFFFFFFCL)
                .childCgroupId(1000L + parent);
        end += (fork.finish() + 7) & ~7;
        process(new ExecEncoder().wrap(data, end).nr(59).ktime(clock++), child, parent, "compiler");
        int records = 2;
        for (int i = 0; i < 12; i++) {
            records += work(child, 1);
        }
        ExitEncoder exit = header(new ExitEncoder().wrap(data, end), child, 1000);
        end += (exit.finish() + 7) & ~7;
        return records + 1;
    }

    private int work(int pid, int depth) {
        int kind = random.nextInt(100);
        long cgroup = pid < FIRST_CHILD ? 1000L + pid : 1000;
        HeaderEncoder<?> encoder =
                kind < 84 ? open(pid, cgroup) : kind < 92 || depth > 0 ? fileCall(pid, cgroup) : socket(pid, cgroup);
        end += (encoder.finish() + 7) & ~7;
        return 1;
    }

    private OpenEncoder open(int pid, long cgroup) {
        String file = FILES[random.nextInt(FILES.length)];
        OpenEncoder open = header(new OpenEncoder().wrap(data, end), pid, cgroup)
                .nr(257)
                .dirfd(-100)
                .flags(0x80000);
        if (random.nextInt(5) == 0) {
            return open.ret(-2).path(random.nextBoolean() ? "missing/lib.so" : "/usr/local" + file);
        }
        return open.ret(3 + random.nextInt(20))
                .ino(random.nextInt(1 << 20))
                .dev(8L << 20 | 1)
                .fileMode(0x81a4)
                .path(file)
                .file(file);
    }

    private SyscallEncoder fileCall(int pid, long cgroup) {
        String file = FILES[random.nextInt(FILES.length)];
        SyscallEncoder call = header(new SyscallEncoder().wrap(data, end), pid, cgroup);
        return switch (random.nextInt(4)) {
            case 0 -> call.nr(87).string(0, file);
            case 1 -> call.nr(82).string(0, "old-name").string(1, file);
            case 2 -> call.nr(268).arg(0, -100).arg(2, 0x1ed).string(0, "bin/tool");
            default -> call.nr(258).arg(0, 5).arg(2, 0x1ed).string(0, "sub").string(3, "/srv/data");
        };
    }

    private SocketEncoder socket(int pid, long cgroup) {
        byte[] local = {10, 0, 0, 5};
        byte[] remote = {10, 1, (byte) random.nextInt(256), (byte) random.nextInt(256)};
        return header(new SocketEncoder().wrap(data, end), pid, cgroup)
                .nr(42)
                .fd(7)
                .arg(0, 7)
                .ino(random.nextInt(1 << 20))
                .localAddr(local)
                .remoteAddr(remote)
                .userAddr(remote)
                .localPort(30_000 + random.nextInt(20_000))
                .remotePort(443)
                .userPort(443)
                .userFamily(2)
                .family(2)
                .sockType(1)
                .protocol(6)
                .state(1);
    }

    private <E extends HeaderEncoder<E>> E header(E encoder, int pid, long cgroup) {
        clock += 1_000;
        return encoder.ktime(clock)
                .cpu(pid & 1)
                .pid(pid)
                .tid(pid)
                .start(start(pid))
                .cgroupId(cgroup)
                .comm("service");
    }
}
