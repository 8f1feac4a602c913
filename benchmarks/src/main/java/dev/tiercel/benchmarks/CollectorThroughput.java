package dev.tiercel.benchmarks;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.CollectorCounts;
import dev.tiercel.collector.CollectorCycle;
import dev.tiercel.collector.publish.KafkaPublisher;
import dev.tiercel.collector.store.Spool;
import dev.tiercel.collector.store.StateDirectory;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Events per core-second through the collector: record, node state, Avro batch, producer, broker.
///
/// The collector's two busy threads are its own and the producer's sender; the target of 250,000 events per core-second
/// refers to their total CPU time. The broker runs in the same JVM and is not counted. Arguments:
/// `[seconds [key=value …]]`, `warmup=SECONDS`, `spool=DIRECTORY` or settings of the collector.
/// `kafka.bootstrap.servers`
/// names a broker elsewhere. Without `spool` none is open, and batches that find no room wait.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED -Xmx512m -cp … dev.tiercel.benchmarks.CollectorThroughput 20
/// ```
public final class CollectorThroughput {
    private static final long TARGET = 250_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CollectorThroughput() {}

    /// A snapshot: events acknowledged, and CPU time so far.
    private record Mark(
            long nanos, long events, long batches, long bytes, long ownCpu, long senderCpu, long processCpu) {
        static Mark take(CollectorCounts counts) {
            long process = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                    .getProcessCpuTime();
            return new Mark(
                    System.nanoTime(),
                    counts.published(),
                    counts.batches(),
                    counts.bytes(),
                    THREADS.getCurrentThreadCpuTime(),
                    cpuOfSenders(),
                    process);
        }

        private static long cpuOfSenders() {
            long sum = 0;
            for (long id : THREADS.getAllThreadIds()) {
                var thread = THREADS.getThreadInfo(id);
                if (thread != null && thread.getThreadName().startsWith("kafka-producer-network-thread")) {
                    sum += THREADS.getThreadCpuTime(id);
                }
            }
            return sum;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        Map<String, String> settings = new HashMap<>(Map.of("collector.container.engines", ""));
        for (String argument : List.of(arguments).subList(Math.min(1, arguments.length), arguments.length)) {
            settings.put(argument.split("=", 2)[0], argument.split("=", 2)[1]);
        }
        Duration warmUp =
                Duration.ofSeconds(Integer.parseInt(Objects.requireNonNullElse(settings.remove("warmup"), "10")));
        Duration time = Duration.ofSeconds(seconds);
        if (settings.containsKey("kafka.bootstrap.servers")) {
            run(warmUp, time, settings);
            return;
        }
        Path folder = Files.createTempDirectory("collector-throughput");
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(folder, 0)) {
            settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
            run(warmUp, time, settings);
        } finally {
            delete(folder);
        }
    }

    private static void run(Duration warmUp, Duration time, Map<String, String> settings) throws Exception {
        String broker = Objects.requireNonNull(settings.get("kafka.bootstrap.servers"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            Topics.create(admin, 1);
        }
        long there = batchesOn(broker);
        Optional<StateDirectory> state =
                Optional.ofNullable(settings.remove("spool")).flatMap(folder -> StateDirectory.open(Path.of(folder)));
        CollectorConfig config = CollectorConfig.from(Settings.of(settings));
        CollectorWorkload workload = new CollectorWorkload();
        try (SchemaRegistry registry = new InMemoryRegistry();
                KafkaPublisher publisher = new KafkaPublisher(
                        "bench",
                        config.kafka(),
                        state.map(open -> Spool.open(open, config.state().spoolBytes()))
                                .orElse(null));
                CollectorCycle cycle = cycle(config, workload, publisher, registry)) {
            work(cycle, warmUp);
            Mark before = Mark.take(cycle.counts());
            work(cycle, time);
            Mark after = Mark.take(cycle.counts());
            workload.stop();
            cycle.flush(Duration.ofSeconds(10));
            check(cycle.counts(), batchesOn(broker) - there);
            print(before, after, cycle.counts());
        } finally {
            state.ifPresent(StateDirectory::close);
        }
    }

    /// Every record that was drained is accounted for, and every acknowledged batch is on the topic.
    private static void check(CollectorCounts counts, long batches) {
        long known = counts.published() + counts.pending() + counts.stateOnly() + counts.ignoredTotal();
        if (counts.drained() != known + counts.droppedTotal() || counts.published() == 0) {
            throw new IllegalStateException("the counts do not add up: " + counts);
        }
        if (counts.droppedTotal() != 0 || counts.pending() != 0 || counts.batches() != batches) {
            throw new IllegalStateException(batches + " batches are on the topic: " + counts);
        }
    }

    private static long batchesOn(String broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int i = 0; i < Topics.EVENTS_SYSCALL.partitions(); i++) {
                ends.put(new TopicPartition(Topics.EVENTS_SYSCALL.name(), i), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static CollectorCycle cycle(
            CollectorConfig config, CollectorWorkload workload, KafkaPublisher publisher, SchemaRegistry registry) {
        AvroSerde<SensorReport> sensors = AvroSerde.of(SensorReport.class, registry, Topics.SENSORS);
        int schemaId = AvroSerde.of(SyscallBatch.class, registry, Topics.EVENTS_SYSCALL)
                .schemaId();
        return new CollectorCycle(
                config, workload, publisher, new CollectorCycle.Encoding(schemaId, sensors::write), System::nanoTime);
    }

    private static void work(CollectorCycle cycle, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            cycle.doWork();
        }
    }

    private static void print(Mark before, Mark after, CollectorCounts counts) {
        double events = after.events - before.events;
        double own = (after.ownCpu - before.ownCpu) / 1e9;
        double sender = (after.senderCpu - before.senderCpu) / 1e9;
        double perCore = events / (own + sender);
        System.out.printf("counts              %s%n", counts);
        System.out.printf("events              %,.0f%n", events);
        System.out.printf("events/s, wall      %,.0f%n", events / ((after.nanos - before.nanos) / 1e9));
        System.out.printf("events/core-second  %,.0f (collector and sender threads)%n", perCore);
        System.out.printf(
                "ns/event            %.0f collector thread, %.0f sender thread%n",
                own / events * 1e9, sender / events * 1e9);
        System.out.printf(
                "process CPU         %.1f s, broker included%n", (after.processCpu - before.processCpu) / 1e9);
        System.out.printf("bytes/event         %.0f before compression%n", (after.bytes - before.bytes) / events);
        System.out.printf("events/batch        %.0f%n", events / (after.batches - before.batches));
        System.out.printf("target              %,d: %.2f of it%n", TARGET, perCore / TARGET);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
