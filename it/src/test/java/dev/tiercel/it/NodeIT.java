package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A collector as the launcher starts it on a node, but without a class cache: what it may take.
@Tag("kernel")
class NodeIT {
    /// Far above what docs/performance.md measures, so that only a new kind of memory exceeds it.
    private static final long MOST_RESIDENT_KIB = 160 * 1024;

    /// As the kernel names them, cut at 15 characters: ours, Kafka's clients, HTTP, and those of the JVM.
    private static final List<String> THREADS = List.of(
            "collector|topics|startup-memory|probe-snapshot|container-.*|proc-reads-.*|account.*",
            "kafka-producer-|kafka-admin-cli",
            "HTTP-Dispatcher|idle-timeout-ta|req-rsp-timeout|HttpClient-.*",
            "java|VM Thread|VM Periodic Tas|Reference Handl|Finalizer|Signal Dispatch",
            "Service Thread|Monitor Deflati",
            "C[12] CompilerThre|Native Heap Tri|Notification Th|Common-Cleaner|JNA Cleaner|process reaper",
            "VirtualThread-u|ForkJoinPool.*|Attach Listener|SIGTERM handler|DestroyJavaVM");

    @Test
    void anIdleCollectorIsBoundedInMemoryAndThreads(@TempDir Path directory) throws Exception {
        Machine.mustTrace();
        String recording =
                Machine.root("cli/src/test/resources/samples/small.kev").toString();
        try (TiercelProcess up = TiercelProcess.up(directory.resolve("data"), "--replay", recording);
                TiercelProcess collector = TiercelProcess.collectOnNode(up, launcherFlags())) {
            assertThat(residentKib(collector.pid())).isBetween(30L * 1024, MOST_RESIDENT_KIB);
            assertThat(threads(collector.pid())).allMatch(NodeIT::isKnown);
            assertThat(collector.stop()).isZero();
        }
    }

    private static boolean isKnown(String thread) {
        return THREADS.stream().anyMatch(thread::matches);
    }

    private static List<String> launcherFlags() {
        String script = """
                state=/nonexistent root=$1
                . "$0"
                java_flags collect
                printf '%s\\n' "${flags[@]}"
                """;
        String launcher = Machine.root("bin/lib/java.sh").toString();
        return Machine.run(
                        List.of("bash", "-c", script, launcher, Machine.root("").toString()))
                .lines()
                .filter(flag -> !flag.contains("jna."))
                .toList();
    }

    private static long residentKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> threads(long pid) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
        }
        return names;
    }
}
