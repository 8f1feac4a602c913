package dev.tiercel.benchmarks.live;

import dev.tiercel.benchmarks.TemporaryFolder;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.detector.correlate.Correlate;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.service.Lifecycle;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How long correlations raise no alert after `kill -9` of the detector that holds their state.
///
/// `bin/bench CorrelationRecovery --mib 1024`
///
/// Detectors are processes, `./tiercel detect`; broker and registry are in this one. Time runs from the signal to the
/// first alert whose last event was sent after it and whose first event is in the state, through each partition of
/// events and of `matches`. No alert may be missing or come twice. Targets with 1 GiB: restarted 5 s, on another
/// machine 60 s, with a standby 3 s.
@Command(
        name = "CorrelationRecovery",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures how long correlations raise no alert after their detector was killed.")
public final class CorrelationRecovery implements Callable<Integer> {
    /// The consumer group of their stream threads.
    static final String APPLICATION = "recovery";

    private static final String NAME = "Two secrets";
    private static final String RULES = """
            - signal: Secret read
              source: k8s_audit
              condition: ka.verb = get
            - correlation: %s
              desc: two secrets are read
              type: event_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 7d
              condition: {gte: 2}
              output: "two secrets, %%ka.uri"
              priority: NOTICE
            """.formatted(NAME);
    private static final Duration FILL_LIMIT = Duration.ofMinutes(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mib",
            paramLabel = "N",
            defaultValue = "64",
            description = "Size of the state (${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(
            names = "--key-bytes",
            paramLabel = "N",
            defaultValue = "800",
            description = "What the match of each key carries (${DEFAULT-VALUE}).")
    private int keyBytes;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            defaultValue = "restart,restart,elsewhere,elsewhere,standby,standby,handover",
            description = {
                "What is measured, in this order (${DEFAULT-VALUE}). restart: killed and started again;",
                "elsewhere: killed, another one is started on an empty directory; standby: killed beside one that",
                "has a copy; handover: the same, but stopped by SIGTERM."
            })
    private List<RecoveryCase> cases = List.of();

    @Mixin
    private DetectorOptions options = new DetectorOptions();

    /// Runs it; exits with 1 if it fails, with 2 if the command line is wrong.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    @SuppressWarnings("SystemOut")
    static int run(String... arguments) {
        return new CommandLine(new CorrelationRecovery())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        Thread caller = Thread.currentThread();
        try (Lifecycle _ = new Lifecycle().stopOnSignals().onStop(caller::interrupt);
                TemporaryFolder folder = TemporaryFolder.create("tiercel-recovery");
                BrokerForCollect broker = BrokerForCollect.start(folder.path());
                DetectorProcesses detectors = options.processes(broker, folder.path(), APPLICATION);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                RecoveryProbes probes = new RecoveryProbes(broker, NAME)) {
            String version = broker.publish(files());
            DetectorProcesses.Running running = detectors.start(detectors.fresh(), List.of());
            fill(new StateFill(broker, correlation(), version, keyBytes), probes);
            for (RecoveryCase what : cases) {
                tell("state %,d MiB on disk, changelog %,d MiB", running.bytes() >> 20, changelog(admin) >> 20);
                Outage.Figures figures = new Outage(detectors, probes, admin).measure(what, running);
                running = figures.heir();
                tell(
                        "%-9s reassigned %s, tasks run %s, first alert %s, all partitions %s",
                        what,
                        seconds(figures.reassigned()),
                        seconds(figures.ready()),
                        seconds(figures.first()),
                        seconds(figures.all()));
            }
        }
        return ExitCode.SUCCESS.number();
    }

    private void fill(StateFill fill, RecoveryProbes probes) {
        long start = System.nanoTime();
        long keys = fill.fill((long) mebibytes << 20);
        tell("%,d keys sent in %.0f s", keys, (System.nanoTime() - start) / 1e9);
        probes.open(RecoveryProbes.PARTITIONS);
        probes.settle(FILL_LIMIT);
        tell("%,d keys in the state after %.0f s", keys, (System.nanoTime() - start) / 1e9);
    }

    private static Correlation correlation() {
        return RuleCompiler.compile(files(), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow()
                .correlations()
                .getFirst();
    }

    private static List<RuleFile> files() {
        return List.of(new RuleFile("rules.yaml", RULES));
    }

    /// Bytes of all its segments.
    private static long changelog(Admin admin) throws InterruptedException, ExecutionException {
        String topic = APPLICATION + '-' + Correlate.STORE + "-changelog";
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private static String seconds(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f s", value);
    }

    private void tell(String format, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, format + "%n", values);
    }
}
