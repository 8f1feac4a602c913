package dev.tiercel.benchmarks;

import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Batches of a busy node: builds, servers and shells that open and change files, connect and start programs.
///
/// Of the events 55 % open files, 12 % duplicate descriptors, 8 % start or end processes, 5 % connect, 20 %
/// change files. About one event in 5,000 matches a rule. The same seed gives the same bytes.
public final class SyscallMix {
    static final long BASE_TIME = 1_700_000_000_000_000_000L;
    private static final int SOCKET_STREAM = 1;
    private static final int INET = 2;
    private static final int PROCESSES = 64;
    private static final byte[] NONE = {};
    private static final String[] PROGRAMS = {
        "bash",
        "cc1",
        "as",
        "ld",
        "make",
        "sshd",
        "cron",
        "ls",
        "sed",
        "java",
        "nginx",
        "postgres",
        "python3",
        "git",
        "node"
    };

    /// Programs from here on use the network.
    private static final int SERVERS = 9;

    /// Only directories before this one are written to.
    private static final int READ_ONLY = 5;

    private static final String[] FOLDERS = {
        "/home/ada/project/src/",
        "/var/lib/postgresql/base/16384/",
        "/tmp/build-1/",
        "/var/log/nginx/",
        "/home/ada/project/target/",
        "/usr/lib/x86_64-linux-gnu/",
        "/usr/include/linux/",
        "/proc/4242/",
        "/etc/ssl/certs/",
        "/usr/share/zoneinfo/Europe/",
        "/etc/"
    };

    private final RandomGenerator random;
    private final String node;
    private final BatchWriter writer = new BatchWriter();
    private final byte[][] bodies = new byte[PROCESSES][];
    private final int[] parents = new int[PROCESSES];
    /// By process: its index in the batch; -1: it is not in it.
    private final int[] indices = new int[PROCESSES];
    /// By index in the batch.
    private final int[] programs = new int[PROCESSES];
    private int processes;
    private long sequence;
    private long events;

    /// @param node name of the node that they come from
    public SyscallMix(String node, long seed) {
        this.node = node;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < PROCESSES; i++) {
            bodies[i] = body(PROGRAMS[i % PROGRAMS.length], 1_000 + i);
            parents[i] = i == 0 ? -1 : random.nextInt(4) == 0 ? random.nextInt(i) : 0;
        }
    }

    /// The next batch, of `count` events by about a tenth as many processes, of which there are always the same
    /// 64.
    public byte[] next(int count, int schemaId) {
        writer.begin(new BatchHeader(node, 0, sequence++, BASE_TIME, events, BASE_TIME + events * 5_000));
        Arrays.fill(indices, -1);
        processes = 0;
        int wanted = Math.clamp(count / 10, 4, PROGRAMS.length);
        while (processes < wanted) {
            add(random.nextInt(PROCESSES));
        }
        for (int i = 0; i < count; i++) {
            event(random.nextInt(processes), BASE_TIME + events++ * 5_000);
        }
        return writer.finish(0, schemaId);
    }

    /// Adds a process and its ancestors unless they are in the batch; returns its index.
    private int add(int process) {
        if (process >= 0 && indices[process] < 0) {
            int parent = add(parents[process]);
            int leader = processes == 0 ? -1 : indices[0];
            programs[processes++] = process % PROGRAMS.length;
            indices[process] = writer.addProcess(parent, leader, leader, -1, bodies[process], bodies[process].length);
        }
        return process < 0 ? -1 : indices[process];
    }

    private void event(int process, long time) {
        int kind = random.nextInt(100);
        if (kind < 55) {
            open(process, time);
        } else if (kind < 67) {
            duplicate(process, time);
        } else if (kind < 75) {
            exit(process, time);
        } else if (kind < 85 && programs[process] >= SERVERS) {
            connect(process, time);
        } else {
            unlink(process, time);
        }
    }

    private void open(int process, long time) {
        boolean writing = random.nextInt(8) == 0;
        byte[] path = utf8(
                !writing && random.nextInt(5_000) == 0 ? "/etc/shadow" : path(writing ? READ_ONLY : FOLDERS.length));
        begin(EventType.OPENAT, process, time, 3, 7);
        writer.argument(3);
        writer.argument(-100);
        writer.argument(path, 0, path.length);
        writer.argument(writing ? 0x241 : 0);
        writer.argument(writing ? 0644 : 0);
        writer.argument(0x801);
        writer.argument(99_000 + random.nextInt(1_000));
        writer.paths(1);
        writer.path(path, 0, path.length);
        writer.beginFileDescriptor(3, 1);
        writer.path(path, 0, path.length);
        writer.endFileDescriptor(0x801, 99_000, 0100644, 0);
    }

    private void duplicate(int process, long time) {
        byte[] path = utf8("/dev/null");
        begin(EventType.DUP2, process, time, 1, 3);
        writer.argument(1);
        writer.argument(5);
        writer.argument(1);
        writer.paths(0);
        writer.beginFileDescriptor(1, 1);
        writer.path(path, 0, path.length);
        writer.endFileDescriptor(5, 3, 020666, 0);
    }

    private void exit(int process, long time) {
        begin(EventType.PROCEXIT, process, time, 0, 5);
        for (int i = 0; i < 5; i++) {
            writer.argument(0);
        }
        writer.paths(0);
        writer.noDescriptor();
    }

    private void connect(int process, long time) {
        int host = random.nextInt(1, 250);
        byte[] tuple = utf8("10.0.0.7:40312->10.0.1." + host + ":5432");
        byte[] remote = {10, 0, 1, (byte) host};
        begin(EventType.CONNECT, process, time, 0, 4);
        writer.argument(0);
        writer.argument(tuple, 0, tuple.length);
        writer.argument(6);
        writer.argument(tuple, 0, tuple.length);
        writer.paths(0);
        writer.beginSocketDescriptor(6, INET, SOCKET_STREAM, 6);
        writer.endpoint(new byte[] {10, 0, 0, 7}, 0, 4, 40_312);
        writer.endpoint(remote, 0, 4, 5432);
        writer.endSocketDescriptor(false, NONE, 5_000, true);
    }

    private void unlink(int process, long time) {
        byte[] path = utf8(FOLDERS[2] + "file-" + random.nextInt(500) + ".o");
        begin(EventType.UNLINKAT, process, time, 0, 4);
        writer.argument(0);
        writer.argument(-100);
        writer.argument(path, 0, path.length);
        writer.argument(0);
        writer.paths(1);
        writer.path(path, 0, path.length);
        writer.noDescriptor();
    }

    private void begin(EventType type, int process, long time, long result, int arguments) {
        writer.beginEvent(type.number(), time, process, 1_000 + process, random.nextInt(2), result);
        writer.arguments(arguments);
    }

    private String path(int folders) {
        return FOLDERS[random.nextInt(folders)] + "file-" + random.nextInt(500) + ".so";
    }

    private static byte[] body(String program, int pid) {
        return new ProcessEncoder()
                .pid(pid)
                .startTime(BASE_TIME - pid)
                .name(program)
                .exe("/usr/bin/" + program)
                .exePath("/usr/bin/" + program)
                .arguments(List.of("-O2", "--output", "/tmp/build-1/" + program, "--verbose"))
                .cwd("/home/ada/project/")
                .set(ProcessAttribute.CGROUP, "/user.slice/user-1000.slice/session-4.scope")
                .uid(1000)
                .user("ada")
                .gid(1000)
                .group("ada")
                .loginUid(1000)
                .set(ProcessAttribute.LOGIN_USER, "ada")
                .set(ProcessAttribute.TTY, 34_816)
                .set(ProcessAttribute.SID, 900)
                .set(ProcessAttribute.PGID, 900)
                .set(ProcessAttribute.VPGID, 900)
                .set(ProcessAttribute.VPID, pid)
                .set(ProcessAttribute.EXE_INODE, 1_234_000 + pid)
                .encode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
