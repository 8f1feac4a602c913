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
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/// The checks of this machine; each is quick and changes nothing.
///
/// @param root directory that holds `proc` and `sys`: `/`, or a test fixture
record MachineChecks(Path root) {
    private static final int OLDEST_KERNEL = 5 * 1000 + 8;
    private static final String NEEDED_FOR_DOCKER = "needed only for the names and images of Docker containers";
    private static final long GIB = 1L << 30;

    static MachineChecks current() {
        return new MachineChecks(Path.of("/"));
    }

    CheckResult privileges() {
        long effective = effectiveCapabilities();
        if (!Privileges.allowProbe(effective)) {
            return CheckResult.fail(
                    "privileges",
                    "this process has neither root privileges nor " + Privileges.REQUIRED,
                    "run as root, or with these two: " + Privileges.DOCUMENT);
        }
        return Privileges.allowContainerFiles(effective)
                ? CheckResult.ok("privileges", "may load eBPF programs and read the passwd files of containers")
                : CheckResult.warn(
                        "privileges",
                        "may load eBPF programs; users of containers have no names",
                        "add " + Privileges.OPTIONAL + ": " + Privileges.DOCUMENT);
    }

    private long effectiveCapabilities() {
        return lines("proc/self/status").stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .findFirst()
                .orElse(0L);
    }

    CheckResult kernelTypes() {
        Path types = root.resolve("sys/kernel/btf/vmlinux");
        return Files.isReadable(types)
                ? CheckResult.ok("kernel BTF", types.toString())
                : CheckResult.fail(
                        "kernel BTF",
                        types + " is missing: the probe cannot determine this kernel's struct layouts",
                        "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y (as distribution kernels since 2020 are)");
    }

    /// The BPF ring buffer exists since 5.8.
    CheckResult kernel() {
        String release = System.getProperty("os.version", "unknown");
        String[] parts = release.split("[.-]", 3);
        boolean recent = parts.length >= 2 && number(parts[0]) * 1000 + number(parts[1]) >= OLDEST_KERNEL;
        return recent
                ? CheckResult.ok("kernel", "Linux " + release)
                : CheckResult.fail("kernel", "Linux " + release + " has no BPF ring buffer", "use Linux 5.8 or newer");
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }

    CheckResult cgroups() {
        if (Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers")))
            return CheckResult.ok("cgroups", "version 2");
        if (Files.isDirectory(root.resolve("sys/fs/cgroup/memory"))) return CheckResult.ok("cgroups", "version 1");
        return CheckResult.warn(
                "cgroups",
                "none under " + root.resolve("sys/fs/cgroup"),
                "mount them; without, containers are not recognised");
    }

    CheckResult docker() {
        Path socket = root.resolve("var/run/docker.sock");
        String start = "start dockerd; " + NEEDED_FOR_DOCKER;
        if (!Files.exists(socket)) return CheckResult.warn("docker", "no " + socket, start);
        if (!Files.isWritable(socket)) return closed(socket);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return CheckResult.ok("docker", socket + " accepts connections");
        } catch (IOException e) {
            return CheckResult.warn("docker", socket + ": " + e.getMessage(), start);
        }
    }

    static CheckResult closed(Path socket) {
        String user = System.getProperty("user.name");
        return CheckResult.warn(
                "docker",
                socket + ": user " + user + " may not connect",
                "add the user to the socket's group: sudo usermod -aG %s %s, then log in again; %s"
                        .formatted(group(socket), user, NEEDED_FOR_DOCKER));
    }

    private static String group(Path file) {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
        } catch (IOException e) {
            return "docker";
        }
    }

    /// Whether `up` can use its default port.
    static CheckResult port(String use, int port) {
        return isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                ? CheckResult.ok("port " + port, "free for " + use)
                : CheckResult.warn(
                        "port " + port, "in use, wanted for " + use, "harmless: `up` picks a free port and prints it");
    }

    /// Whether this process could listen there now.
    static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static CheckResult java() {
        int feature = Runtime.version().feature();
        String version = "JVM " + Runtime.version();
        return feature >= 25 ? CheckResult.ok("java", version) : CheckResult.fail("java", version, "use a JDK 25");
    }

    /// Free space at `data`, or at its nearest existing parent.
    static CheckResult disk(Path data) {
        Path existing = nearestExisting(data.toAbsolutePath());
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String detail = "%.1f GiB free for %s".formatted((double) free / GIB, data);
            if (!Files.isWritable(existing)) {
                return CheckResult.fail("disk", existing + " is not writable", "choose another directory with --data");
            }
            return free >= 4 * GIB
                    ? CheckResult.ok("disk", detail)
                    : CheckResult.warn(
                            "disk", detail, "Kafka keeps several GiB of events; choose another directory with --data");
        } catch (IOException e) {
            return CheckResult.fail("disk", existing + ": " + e.getMessage(), "choose another directory with --data");
        }
    }

    private static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : nearestExisting(parent);
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
