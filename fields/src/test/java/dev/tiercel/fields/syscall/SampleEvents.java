package dev.tiercel.fields.syscall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.ContainerMount;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.util.List;
import java.util.Map;

/// One batch with an event of each shape that rules tell apart.
final class SampleEvents {

    /// Fields with arguments that the golden dump shows as well.
    static final List<String> ARGUMENTS = List.of(
            "proc.aname[2]",
            "proc.args[1]",
            "proc.env[HOME]",
            "proc.env[NOPE]",
            "evt.arg[0]",
            "evt.arg.flags",
            "evt.arg.name",
            "evt.arg.path",
            "evt.arg.target",
            "evt.arg.oldpath",
            "evt.arg.request",
            "evt.arg.domain",
            "evt.arg.mode",
            "evt.arg.uid",
            "evt.arg.cmd",
            "evt.arg.pid",
            "evt.rawarg.flags",
            "evt.rawarg.mode",
            "evt.type.is.openat",
            "evt.abspath.src",
            "evt.abspath.dst",
            "thread.cgroup.memory",
            "container.mount[0]",
            "container.mount.dest[/proc*]",
            "container.mount.source[/host]",
            "container.mount.rdwr[/proc*]",
            "container.label[team]");

    private SampleEvents() {}

    static BatchCursor batch() {
        EventFixture fixture = new EventFixture();
        int bash = fixture.shell();
        int container = fixture.container(nginx());
        int worker = fixture.process(bash, bash, -1, container, worker());
        exec(fixture, worker);
        files(fixture, bash, worker);
        twoPaths(fixture, worker);
        sockets(fixture, worker);
        rights(fixture, worker);
        return fixture.cursor();
    }

    private static ProcessEncoder worker() {
        return EventFixture.named("sh", 900)
                .exe("/bin/sh")
                .exePath("/tmp/x/sh")
                .arguments(List.of("-c", "id; sleep 1"))
                .environment(List.of("HOME=/root", "PATH=/bin"))
                .cwd("/srv/www/")
                .set(ProcessAttribute.CGROUP, "/system.slice/docker-1.scope")
                .uid(33)
                .user("www-data")
                .gid(33)
                .group("www-data")
                .loginUid(1000)
                .set(ProcessAttribute.LOGIN_USER, "alice")
                .set(ProcessAttribute.HOME, "/var/www")
                .set(ProcessAttribute.SHELL, "/usr/sbin/nologin")
                .set(ProcessAttribute.THREADS, 3)
                .set(ProcessAttribute.TTY, 34816)
                .set(ProcessAttribute.VPID, 12)
                .set(ProcessAttribute.VPGID, 12)
                .set(ProcessAttribute.CAP_PERMITTED, 1L << 21 | 1)
                .set(ProcessAttribute.CAP_EFFECTIVE, 1L << 21)
                .set(ProcessAttribute.EXE_INODE, 77)
                .set(ProcessAttribute.EXE_CHANGE_TIME, EventFixture.TIME - 3_000_000_000L)
                .set(ProcessAttribute.EXE_MODIFY_TIME, EventFixture.TIME - 4_000_000_000L)
                .set(ProcessAttribute.EXE_FLAGS, 3)
                .set(ProcessAttribute.TRUNCATED, 5)
                .set(ProcessAttribute.PID_NAMESPACE_START, EventFixture.TIME - 9_000_000_000L);
    }

    private static ContainerEncoder nginx() {
        return new ContainerEncoder()
                .id("0123456789ab")
                .fullId("0123456789ab".repeat(5) + "0123")
                .runtime("docker")
                .name("web")
                .image("nginx:1.27")
                .imageRepository("nginx")
                .imageTag("1.27")
                .imageId("sha256:aa")
                .privileged(true)
                .startTime(EventFixture.TIME - 60_000_000_000L)
                .ip("172.17.0.2")
                .mounts(List.of(
                        new ContainerMount("/var/lib/v", "/data", "", true, "rprivate"),
                        new ContainerMount("/proc", "/host", "ro", false, "rslave")))
                .labels(Map.of(
                        "team", "blue", "io.kubernetes.pod.name", "web-1", "io.kubernetes.pod.namespace", "shop"));
    }

    private static void exec(EventFixture fixture, int process) {
        Object[] arguments = new Object[30];
        arguments[0] = 0L;
        arguments[1] = "/bin/sh";
        arguments[2] = "-c\0id; sleep 1\0".getBytes(UTF_8);
        arguments[3] = 900L;
        arguments[5] = 800L;
        arguments[19] = 3L;
        arguments[26] = 33L;
        arguments[27] = "/tmp/x/sh";
        arguments[29] = 33L;
        fixture.event(EventType.EXECVE, process, 0, arguments);
        fixture.paths().noDescriptor();
    }

    private static void files(EventFixture fixture, int bash, int worker) {
        fixture.event(EventType.OPENAT, worker, 3, 3L, -100L, "../x//up.php", 0x241L, 0755L, 0x563BL, 4242L);
        fixture.paths("/srv/x/up.php").file(3, 1, "/srv/x/up.php", 1);
        fixture.event(EventType.OPEN, bash, -2, -2L, "/etc/../etc/shadow", 0L, 0L, 0L, 0L);
        fixture.paths("/etc/shadow").file(-1, 0, "/etc/shadow", 0);
        fixture.event(EventType.OPENAT, bash, -13, -13L, 9L, "secret", 2L, 0L, 0L, 0L);
        fixture.paths("/root/secret").noDescriptor();
        fixture.event(EventType.UNLINKAT, worker, 0, 0L, -100L, "old", 0x200L);
        fixture.paths("/srv/www/old").noDescriptor();
        fixture.event(EventType.FCHMOD, worker, 0, 0L, 3L, 04755L);
        fixture.paths().file(3, 1, "/srv/x/up.php", 0);
        fixture.event(EventType.CHOWN, worker, -1, -1L, "/etc/passwd", 0L, 0L);
        fixture.paths("/etc/passwd").noDescriptor();
        fixture.event(EventType.DUP2, worker, 0, 0L, 5L, 0L);
        fixture.paths().socket(0, 2, 1, List.of("10.0.0.5", 40000), List.of("93.184.216.34", 443), false);
    }

    private static void twoPaths(EventFixture fixture, int worker) {
        fixture.event(EventType.RENAMEAT2, worker, 0, 0L, -100L, "a", -100L, "/etc/b", 1L);
        fixture.paths("/srv/www/a", "/etc/b").noDescriptor();
        fixture.event(EventType.SYMLINKAT, worker, 0, 0L, "/etc/shadow", -100L, "link");
        fixture.paths("/srv/www/link").noDescriptor();
        fixture.event(EventType.LINK, worker, 0, 0L, "/etc/shadow", "hard");
        fixture.paths("/etc/shadow", "/srv/www/hard").noDescriptor();
        fixture.event(EventType.MOUNT, worker, 0, 0L, "/dev/sda1", "/mnt", "ext4", 0x1001L);
        fixture.paths("/mnt").noDescriptor();
    }

    private static void sockets(EventFixture fixture, int worker) {
        fixture.event(
                EventType.CONNECT, worker, -115, -115L, "10.0.0.5:40000->93.184.216.34:443", 5L, "93.184.216.34:443");
        fixture.paths().socket(5, 2, 1, List.of("10.0.0.5", 40000), List.of("93.184.216.34", 443), false);
        fixture.event(EventType.ACCEPT4, worker, 6, 6L, "[2001:db8::1]:5000->[2001:db8::2]:80", 0L, 0L, 128L, 0L);
        fixture.paths().socket(6, 10, 1, List.of("2001:db8::2", 80), List.of("2001:db8::1", 5000), true);
        fixture.event(EventType.LISTEN, worker, 0, 0L, 7L, 128L);
        fixture.paths().socket(7, 10, 1, List.of("::ffff:0.0.0.0", 8080), List.of(), true);
        fixture.event(EventType.SENDTO, worker, 12, 12L, null, 8L, 12L, "0.0.0.0:53->8.8.8.8:53");
        fixture.paths().datagram(8, List.of("8.8.8.8", 53));
        fixture.event(EventType.SOCKET, worker, 9, 9L, 17L, 3L, 768L, 0L);
        fixture.paths().socket(9, 17, 3, List.of(), List.of(), false);
        fixture.event(EventType.CONNECT, worker, 0, 0L, "0->0 /run/docker.sock", 10L, "/run/docker.sock");
        fixture.paths().unixSocket(10, "/run/docker.sock");
        fixture.event(EventType.ACCEPT, worker, -11, -11L, null, 0L, 0L, 0L);
        fixture.paths().noDescriptor();
    }

    private static void rights(EventFixture fixture, int worker) {
        fixture.event(EventType.PTRACE, worker, 0, 0L, null, null, 16L, 800L);
        fixture.paths().noDescriptor();
        fixture.event(EventType.SETUID, worker, 0, 0L, "8(mail)");
        fixture.paths().noDescriptor();
        fixture.event(EventType.BPF, worker, 11, 11L, 5L);
        fixture.paths().file(11, 11, "", 0);
        fixture.event(EventType.SETNS, worker, 0, 0L, 3L, 0x20000L);
        fixture.paths().file(3, 1, "/proc/1/ns/mnt", 0);
        fixture.event(EventType.KILL, worker, -3, -3L, 800L, 9L);
        fixture.paths().noDescriptor();
        fixture.event(EventType.PROCEXIT, worker, 0, 256L, 1L, 0L, 0L, 800L);
        fixture.paths().noDescriptor();
    }
}
