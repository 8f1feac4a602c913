package dev.tiercel.collector;

import dev.tiercel.collector.batch.BatchLimits;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.collector.node.NodeOptions;
import dev.tiercel.collector.translate.CallTable;
import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// Settings of a collector.
///
/// @param node name of the node in events; empty: the source's host name
/// @param drainLimit records taken from the source in one turn
/// @param poll longest wait for records when there are none
/// @param heartbeat time between two reports on `sensors`
/// @param lanes of the node: batches of different lanes may go to different partitions
/// @param stopTimeout longest wait at the end for what is not acknowledged yet
/// @param kafka settings for the producer
public record CollectorConfig(
        String node,
        int drainLimit,
        Duration poll,
        Duration heartbeat,
        int lanes,
        BatchLimits batch,
        NodeOptions nodeState,
        ContainerOptions containers,
        ProbeOptions probe,
        Duration stopTimeout,
        Map<String, String> kafka) {
    private static final int MIB = 1 << 20;

    /// Enough for what Falco's rules ask about, and no secrets.
    private static final List<String> ENVIRONMENT = List.of(
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "LD_AUDIT",
            "GLIBC_TUNABLES",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "http_proxy",
            "https_proxy",
            "GCONV_PATH");

    public CollectorConfig {
        kafka = Map.copyOf(kafka);
    }

    /// Reads the settings, all under `collector.` and `kafka.`.
    public static CollectorConfig from(Settings settings) {
        List<String> environment = settings.list(
                "collector.environment",
                ENVIRONMENT,
                "Environment variables that are sent; * sends all, with their secrets.");
        return new CollectorConfig(
                settings.text("collector.node", "", "Name of this node in events; empty: its host name."),
                settings.integer(
                        "collector.drain-limit", 4096, 1, 1_000_000, "Records taken from the ring in one turn."),
                settings.duration("collector.poll", Duration.ofMillis(5), "Longest wait for records."),
                settings.duration(
                        "collector.heartbeat", Duration.ofSeconds(5), "Time between reports on topic sensors."),
                settings.integer("collector.lanes", 1, 1, 64, "Lanes that containers are spread over."),
                batch(settings),
                node(settings, environment),
                containers(settings),
                probe(settings, environment),
                settings.duration(
                        "collector.stop-timeout",
                        Duration.ofSeconds(10),
                        "Longest wait at the end for what is not acknowledged yet."),
                settings.kafka());
    }

    private static BatchLimits batch(Settings settings) {
        return new BatchLimits(
                settings.integer("collector.batch.events", 512, 1, 100_000, "Events in a batch."),
                (int) settings.sizeBytes("collector.batch.bytes", 256 * 1024, "Size of a batch before compression."),
                settings.duration(
                        "collector.batch.linger", Duration.ofMillis(5), "How long the first event of a batch waits."),
                settings.duration(
                        "collector.container.wait",
                        Duration.ofSeconds(5), // Docker answers only once the start is complete
                        "How long a batch waits, at most, for the engine's answer about a new container."));
    }

    private static NodeOptions node(Settings settings, List<String> environment) {
        return new NodeOptions(
                settings.integer("collector.processes", 16_384, 64, 4_194_304, "Processes remembered."),
                settings.sizeBytes("collector.process-bytes", 24L * MIB, "Memory for processes, roughly."),
                settings.duration(
                        "collector.exited-grace",
                        Duration.ofSeconds(10),
                        "How long a process that ended is remembered."),
                environment,
                settings.path("collector.proc", Path.of("/proc"), "The host's /proc."),
                settings.path("collector.etc", Path.of("/etc"), "The host's /etc, for passwd and group."),
                settings.integer(
                        "collector.proc-reads",
                        200,
                        0,
                        1_000_000,
                        "Unknown processes looked up in /proc in a second."));
    }

    private static ContainerOptions containers(Settings settings) {
        List<String> written = settings.list(
                "collector.container.engines",
                List.of("docker=/var/run/docker.sock", "podman=/run/podman/podman.sock"),
                "Sockets of container engines: docker=PATH, podman=PATH.");
        List<ContainerOptions.Engine> engines = new ArrayList<>();
        for (String engine : written) {
            int equals = engine.indexOf('=');
            if (equals < 0) {
                settings.problem("collector.container.engines", engine + " is not RUNTIME=PATH");
            } else {
                engines.add(new ContainerOptions.Engine(
                        engine.substring(0, equals), Path.of(engine.substring(equals + 1))));
            }
        }
        return new ContainerOptions(
                engines,
                settings.duration(
                        "collector.container.timeout", Duration.ofSeconds(5), "Longest wait for an engine's answer."),
                settings.path("collector.proc", Path.of("/proc"), "The host's /proc."),
                settings.integer("collector.containers", 2048, 1, 1_000_000, "Containers remembered."));
    }

    private static ProbeOptions probe(Settings settings, List<String> environment) {
        int ring =
                (int) settings.sizeBytes("collector.ring-bytes", 8L * MIB, "Size of the probe's ring, a power of two.");
        int wakeup = (int) settings.sizeBytes(
                "collector.wakeup-bytes", 64L * 1024, "Pending bytes that wake the collector, a power of two.");
        BitSet syscalls = syscalls(settings);
        try {
            return ProbeOptions.defaults()
                    .withRingBytes(ring)
                    .withWakeupBytes(wakeup)
                    .withEnvironmentBytes(environment.isEmpty() ? 0 : 4096)
                    .withSyscalls(syscalls);
        } catch (IllegalArgumentException e) {
            settings.problem("collector.ring-bytes", String.valueOf(e.getMessage()));
            return ProbeOptions.defaults();
        }
    }

    private static BitSet syscalls(Settings settings) {
        List<String> names = settings.list(
                "collector.syscalls", List.of(), "System calls that make events; empty: the probe's default set.");
        CallTable calls = CallTable.ofThisMachine();
        BitSet numbers = new BitSet();
        for (String name : names) {
            calls.number(name)
                    .ifPresentOrElse(
                            numbers::set, () -> settings.problem("collector.syscalls", "no system call " + name));
        }
        return numbers;
    }
}
