package dev.tiercel.cli.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What `doctor` looks at on this machine; each check is quick and changes nothing.
///
/// @param root where `/proc` and `/sys` are read from: `/`, in tests a folder
record Machine(Path root) {
    private static final int CAP_SYS_ADMIN = 21, CAP_PERFMON = 38, CAP_BPF = 39;
    private static final int OLDEST_KERNEL = 5 * 1000 + 8;
    private static final long GIB = 1L << 30;

    static Machine current() {
        return new Machine(Path.of("/"));
    }

    Finding privileges() {
        long effective = effectiveCapabilities();
        boolean enough = has(effective, CAP_SYS_ADMIN) || (has(effective, CAP_BPF) && has(effective, CAP_PERFMON));
        return enough
                ? Finding.ok("privileges", "may load eBPF programs")
                : Finding.fail(
                        "privileges",
                        "this process has neither root's privileges nor CAP_BPF and CAP_PERFMON",
                        "run as root, or with CAP_BPF, CAP_PERFMON, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH (docs/operating.md)");
    }

    private long effectiveCapabilities() {
        return lines("proc/self/status").stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .findFirst()
                .orElse(0L);
    }

    private static boolean has(long capabilities, int number) {
        return (capabilities >>> number & 1) == 1;
    }

    Finding kernelTypes() {
        Path types = root.resolve("sys/kernel/btf/vmlinux");
        return Files.isReadable(types)
                ? Finding.ok("kernel BTF", types.toString())
                : Finding.fail(
                        "kernel BTF",
                        "no " + types + ": the probe cannot know this kernel's structures",
                        "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y (every distribution kernel since 2020 is)");
    }

    /// The ring buffer came with 5.8.
    Finding kernel() {
        String release = System.getProperty("os.version", "unknown");
        String[] parts = release.split("[.-]", 3);
        boolean recent = parts.length >= 2 && number(parts[0]) * 1000 + number(parts[1]) >= OLDEST_KERNEL;
        return recent
                ? Finding.ok("kernel", "Linux " + release)
                : Finding.fail("kernel", "Linux " + release + " has no BPF ring buffer", "use Linux 5.8 or newer");
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }

    Finding cgroups() {
        if (Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers"))) return Finding.ok("cgroups", "version 2");
        if (Files.isDirectory(root.resolve("sys/fs/cgroup/memory"))) return Finding.ok("cgroups", "version 1");
        return Finding.warn(
                "cgroups", "none under " + root.resolve("sys/fs/cgroup"), "without them containers are not recognised");
    }

    Finding docker() {
        Path socket = root.resolve("var/run/docker.sock");
        String fix = "only needed for names and images of Docker's containers; start dockerd";
        if (!Files.exists(socket)) return Finding.warn("docker", "no " + socket, fix);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Finding.ok("docker", socket + " answers");
        } catch (IOException e) {
            return Finding.warn("docker", socket + ": " + e.getMessage(), fix);
        }
    }

    /// Whether `up` would get its usual port.
    static Finding port(String use, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port " + port, "free for " + use);
        } catch (IOException e) {
            return Finding.warn(
                    "port " + port, "taken, wanted for " + use, "harmless: `up` takes another one and says which");
        }
    }

    static Finding java() {
        int feature = Runtime.version().feature();
        String version = "JVM " + Runtime.version();
        return feature >= 25 ? Finding.ok("java", version) : Finding.fail("java", version, "use a JDK 25");
    }

    /// Space under the nearest folder that exists already.
    static Finding disk(Path data) {
        Path existing = nearestThatExists(data.toAbsolutePath());
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String detail = "%.1f GiB free for %s".formatted((double) free / GIB, data);
            if (!Files.isWritable(existing)) {
                return Finding.fail("disk", existing + " cannot be written", "choose another folder with --data");
            }
            return free >= 4 * GIB
                    ? Finding.ok("disk", detail)
                    : Finding.warn("disk", detail, "Kafka keeps up to some GiB of events; choose another with --data");
        } catch (IOException e) {
            return Finding.fail("disk", existing + ": " + e.getMessage(), "choose another folder with --data");
        }
    }

    private static Path nearestThatExists(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : nearestThatExists(parent);
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
