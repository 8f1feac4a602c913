package dev.tiercel.collector;

import dev.tiercel.collector.batch.BatchLimits;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.cloud.CloudOptions;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.collector.node.NodeOptions;
import dev.tiercel.collector.translate.Translator;
import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of a collector.
///
/// @param node name of the node in events; empty: the source's host name
/// @param drainLimit most records drained from the source in one duty cycle
/// @param poll longest wait for records when there are none
/// @param heartbeat interval between reports on `sensors`
/// @param lanes number of lanes; batches of different lanes may go to different partitions
/// @param stopTimeout longest wait at shutdown for acknowledgements
/// @param state what outlives the process
/// @param cloud how the node learns where it is
/// @param kafka settings passed to the producer
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
        StateOptions state,
        CloudOptions cloud,
        Map<String, String> kafka) {
    private static final int MIB = 1 << 20;

    /// There is nothing below it.
    private static final Path NOWHERE = Path.of("/dev/null");

    /// The variables that Falco's rules look at; none holds secrets.
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

    /// What a collector keeps on disk.
    ///
    /// @param directory of this collector alone
    /// @param spoolBytes most bytes of batches that wait for the broker; 0: none wait on disk
    public record StateOptions(Path directory, long spoolBytes) {}

    public CollectorConfig {
        kafka = Map.copyOf(kafka);
    }

    /// Without Kafka's settings, which may hold a password.
    @Override
    public String toString() {
        return "CollectorConfig[node=" + node + "]";
    }

    /// Reads the settings, all under `collector.` and `kafka.`.
    public static CollectorConfig from(Settings settings) {
        List<String> environment = settings.list(
                "collector.environment",
                ENVIRONMENT,
                "Environment variables that are sent; * sends all of them, secrets included.");
        return new CollectorConfig(
                settings.text("collector.node", "", "Name of this node in events; if empty, its host name."),
                settings.integer(
                        "collector.drain-limit",
                        4096,
                        1,
                        1_000_000,
                        "Most records drained from the ring in one duty cycle."),
                settings.duration(
                        "collector.poll", Duration.ofMillis(20), "Longest wait for records while a batch is open."),
                settings.duration(
                        "collector.heartbeat", Duration.ofSeconds(5), "Interval between reports on topic sensors."),
                settings.integer("collector.lanes", 1, 1, 64, "Number of lanes that containers are spread over."),
                batch(settings),
                node(settings, environment),
                containers(settings),
                probe(settings, environment),
                settings.duration(
                        "collector.stop-timeout",
                        Duration.ofSeconds(10),
                        "Longest wait at shutdown for acknowledgements."),
                state(settings),
                CloudOptions.from(settings),
                settings.kafka());
    }

    /// For records of another time and perhaps another machine: this one's container engines and /proc are not asked
    /// about their processes, whose ids belong to others here.
    public CollectorConfig ofRecording() {
        return new CollectorConfig(
                node,
                drainLimit,
                poll,
                heartbeat,
                lanes,
                batch,
                nodeState.withProc(NOWHERE),
                containers.withoutEngines(NOWHERE),
                probe,
                stopTimeout,
                state,
                cloud,
                kafka);
    }

    private static StateOptions state(Settings settings) {
        return new StateOptions(
                settings.path(
                        "collector.state-dir",
                        Path.of("/var/lib/tiercel/collector"),
                        "Directory of this collector, for the spool and the mark of when it last ran; must not be shared."),
                settings.sizeBytes(
                        "collector.spool-bytes",
                        1024L * MIB,
                        "Most bytes on disk of batches that wait while the broker is away; 0: none, at least 8MiB."));
    }

    private static BatchLimits batch(Settings settings) {
        return new BatchLimits(
                settings.integer("collector.batch.events", 2048, 1, 100_000, "Most events in a batch."),
                (int) settings.sizeBytes(
                        "collector.batch.bytes", 256 * 1024, "Size at which a batch is closed, before compression."),
                settings.duration(
                        "collector.batch.linger",
                        Duration.ofMillis(5),
                        "How long the first event of a batch waits for more, if no batch was closed lately."),
                settings.duration(
                        "collector.batch.interval",
                        Duration.ofMillis(40),
                        "Least time between two batches of a lane; half of it if they have 64 events, none if full."),
                settings.duration(
                        "collector.container.wait",
                        Duration.ofSeconds(5), // Docker responds only once the container has started
                        "Longest time that a batch waits for the engine to describe a new container."));
    }

    private static NodeOptions node(Settings settings, List<String> environment) {
        return new NodeOptions(
                settings.integer("collector.processes", 65_536, 64, 4_194_304, "Most processes remembered."),
                settings.sizeBytes("collector.process-bytes", 24L * MIB, "Approximate heap for processes."),
                settings.duration(
                        "collector.exited-grace", Duration.ofSeconds(10), "How long an exited process is remembered."),
                environment,
                settings.path("collector.proc", Path.of("/proc"), "The host's /proc."),
                settings.path("collector.etc", Path.of("/etc"), "The host's /etc, for passwd and group."),
                settings.integer(
                        "collector.proc-reads",
                        200,
                        0,
                        1_000_000,
                        "Most /proc lookups of unknown processes per second."));
    }

    private static ContainerOptions containers(Settings settings) {
        List<String> written = settings.list(
                "collector.container.engines",
                List.of("docker=/var/run/docker.sock", "podman=/run/podman/podman.sock"),
                "Sockets of the container engines: docker=PATH, podman=PATH.");
        List<ContainerOptions.Engine> engines = written.stream()
                .flatMap(engine -> engine(settings, engine).stream())
                .toList();
        return new ContainerOptions(
                engines,
                settings.duration(
                        "collector.container.timeout",
                        Duration.ofSeconds(5),
                        "Longest wait for a response of a container engine."),
                settings.path("collector.proc", Path.of("/proc"), "The host's /proc."),
                settings.integer("collector.containers", 2048, 1, 1_000_000, "Most containers remembered."));
    }

    private static Optional<ContainerOptions.Engine> engine(Settings settings, String written) {
        int equals = written.indexOf('=');
        if (equals < 0) {
            settings.problem(
                    "collector.container.engines",
                    "'" + written + "' is not RUNTIME=PATH, for example docker=/var/run/docker.sock");
            return Optional.empty();
        }
        Path socket = Path.of(written.substring(equals + 1));
        return Optional.of(new ContainerOptions.Engine(written.substring(0, equals), socket));
    }

    private static ProbeOptions probe(Settings settings, List<String> environment) {
        int ring = (int) settings.sizeBytes(
                "collector.ring-bytes", 8L * MIB, "Size of the probe's ring buffer, a power of two.");
        int wakeup = (int) settings.sizeBytes(
                "collector.wakeup-bytes",
                Math.min(256L * 1024, ring / 4),
                "Pending bytes at which the collector is woken, a power of two. Of a small ring: a quarter.");
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
                "collector.syscalls", List.of(), "System calls to capture; if empty, the probe's default set.");
        Map<String, Integer> known = Translator.syscalls();
        BitSet numbers = new BitSet();
        for (String name : names) {
            Integer number = known.get(name);
            if (number == null) {
                settings.problem("collector.syscalls", "unknown system call " + name);
            } else {
                numbers.set(number);
            }
        }
        return numbers;
    }
}
