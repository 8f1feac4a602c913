package dev.tiercel.benchmarks.live;

import dev.tiercel.benchmarks.SyscallMix;
import dev.tiercel.benchmarks.TemporaryFolder;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Lifecycle;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Events per second of one, two and three detectors that share the partitions of one topic.
///
/// `bin/bench DetectorScaling`
///
/// Each is a process, `./tiercel detect`, with the same small part of a core; broker and registry are in this one and
/// have the rest. The same events are judged by each number of them, by the default rules, exactly once, and must
/// raise the same alerts, each once. Time runs from the first half of the events, when all are warm, to nearly all.
@Command(
        name = "DetectorScaling",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Measures events per second of several detectors.")
public final class DetectorScaling implements Callable<Integer> {
    private static final int BATCH = 200;
    private static final int NODES = 24;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "12000000",
            description = "Events of the topic (${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--cores",
            paramLabel = "PART",
            defaultValue = "0.3",
            description = "What each detector gets of a core (${DEFAULT-VALUE}).")
    private double cores;

    @Option(
            names = "--detectors",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,3",
            description = "How many there are, one case after the other (${DEFAULT-VALUE}).")
    private List<Integer> cases = List.of();

    @Mixin
    private DetectorOptions options = new DetectorOptions();

    /// Runs it; exits with 1 if it fails, with 2 if the command line is wrong.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    @SuppressWarnings("SystemOut")
    static int run(String... arguments) {
        return new CommandLine(new DetectorScaling())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        Thread caller = Thread.currentThread();
        try (Lifecycle _ = new Lifecycle().stopOnSignals().onStop(caller::interrupt);
                TemporaryFolder folder = TemporaryFolder.create("tiercel-scaling");
                BrokerForCollect broker = BrokerForCollect.start(folder.path());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                RuleAlerts alerts = new RuleAlerts(broker)) {
            broker.publish(DefaultRules.files());
            load(broker);
            double first = 0;
            for (int number : cases) {
                String group = "scaling-" + number;
                DetectorProcesses detectors = options.processes(broker, folder.path(), group);
                double rate = measure(detectors, number, new JudgedBatches(admin, group));
                if (first == 0) first = rate;
                tell(
                        "%s: %,.0f events/s, %.2f times the first; %,d alerts, each once",
                        Console.counted(number, "detector"), rate, rate / first, alerts.next());
            }
        }
        return ExitCode.SUCCESS.number();
    }

    /// Events per second; the detectors have ended then.
    private double measure(DetectorProcesses detectors, int number, JudgedBatches judged) throws Exception {
        List<CpuQuota> quotas = new ArrayList<>();
        try (detectors) {
            for (int one = 0; one < number; one++) {
                quotas.add(CpuQuota.of("tiercel-scaling-" + one, cores));
                quotas.getLast()
                        .add(detectors
                                .launch(detectors.fresh(), List.of())
                                .child()
                                .pid());
            }
            long batches = events / BATCH;
            JudgedBatches.Reading half = judged.await(batches / 2, LIMIT);
            JudgedBatches.Reading nearly = judged.await(batches * 19 / 20, LIMIT);
            judged.await(batches, LIMIT);
            return BATCH * nearly.since(half);
        } finally {
            for (CpuQuota quota : quotas) quota.close();
        }
    }

    private void load(BrokerForCollect broker) {
        int schemaId = new BatchVersions(broker.schemas()).register();
        List<SyscallMix> nodes = new ArrayList<>();
        for (int node = 0; node < NODES; node++) nodes.add(new SyscallMix("web-" + node, node));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long batch = 0; batch < events / BATCH; batch++) {
                int node = (int) (batch % NODES);
                int partition = node % Topics.EVENTS_SYSCALL.partitions();
                byte[] value = nodes.get(node).next(BATCH, schemaId);
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), partition, null, value));
            }
        }
        tell("%,d events on %d partitions", events / BATCH * BATCH, Topics.EVENTS_SYSCALL.partitions());
    }

    private void tell(String format, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, format + "%n", values);
    }
}
