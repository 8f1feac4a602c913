package dev.tiercel.benchmarks;

import dev.tiercel.correlation.Budget;
import dev.tiercel.correlation.Correlator;
import dev.tiercel.correlation.Grace;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.detector.correlate.StoreMemory;
import dev.tiercel.detector.correlate.StreamsStore;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.correlation.Correlation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// What millions of live keys of a correlation cost: memory, disk, and the pauses in which their timers fire.
///
/// `JAVA_TOOL_OPTIONS=-Xmx256m bin/bench CorrelationKeys [keys]`
///
/// The engine over the transactional RocksDB store of Kafka Streams, with the memory and the heap for decoded states
/// that a detector has by default; no broker, so without changelog. Each key gets three matches within its timespan,
/// then the clock passes its end and all expire. Targets, with 5,000,000 keys: 512 MiB, pauses of 5 ms (p99).
public final class CorrelationKeys {
    private static final int ROUNDS = 3;
    private static final int COMMIT = 50_000;
    private static final int PROGRESS = 1_000_000;
    private static final int TIMERS = 100;
    private static final long DECODED = 8L << 20;
    private static final long MEMORY = 64L << 20;
    private static final long START = 1_800_000_000_000_000_000L;
    private static final String RULES = """
            - {signal: A, source: syscall, condition: evt.type = open}
            - {correlation: keys, type: event_count, rules: A, group-by: [proc.name], timespan: 10m,
               condition: {gte: 4}, desc: d, output: "%correlation.count", priority: NOTICE}
            """;

    private final int keys;
    private final Correlation correlation = RuleFixtures.compile(
                    List.of(new RuleFile("correlations.yaml", RULES)), CompileOptions.defaults())
            .correlations()
            .getFirst();

    CorrelationKeys(int keys) {
        this.keys = keys;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException {
        new CorrelationKeys(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000_000).run();
    }

    /// @throws IllegalStateException if a key is missing, or stays
    void run() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-keys")) {
            KeyValueStore<Bytes, byte[]> store = open(folder.path());
            try {
                run(store, folder.path());
            } finally {
                store.close();
            }
        }
    }

    private static KeyValueStore<Bytes, byte[]> open(Path folder) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "keys");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put("processing.exception.handler.global.enabled", true);
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class.getName());
        settings.put(StoreMemory.BYTES, MEMORY);
        var context = new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0), folder.toFile());
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("states"), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private void run(KeyValueStore<Bytes, byte[]> store, Path folder) throws IOException {
        Correlator correlator = new Correlator(
                new StreamsStore(store, new LongAdder()), Grace.defaults(), Budget.NONE, new CountedAlerts(), DECODED);
        correlator.plans(List.of(correlation), List.of());
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS * keys; i++) {
            correlator.match(match(i));
            if (i % COMMIT == COMMIT - 1) commit(correlator, store);
            if (i % PROGRESS == PROGRESS - 1) told(i + 1, start);
        }
        commit(correlator, store);
        double seconds = (System.nanoTime() - start) / 1e9;
        require(correlator, keys);
        System.out.printf(
                Locale.ROOT,
                "%,d keys, %,.0f matches a second, %,d MiB on disk%n",
                keys,
                ROUNDS * keys / seconds,
                size(folder) >> 20);
        expire(correlator, store);
        require(correlator, 0);
        System.out.printf(Locale.ROOT, "memory: %s at most%n", mostResident());
    }

    private static void told(int matches, long start) {
        System.err.printf(
                Locale.ROOT,
                "CorrelationKeys: %,d matches so far, %.0f s%n",
                matches,
                (System.nanoTime() - start) / 1e9);
    }

    private void expire(Correlator correlator, KeyValueStore<Bytes, byte[]> store) {
        correlator.clock("syscall", 0, 1, START + Duration.ofHours(1).toNanos());
        long[] pauses = new long[2 * keys / TIMERS + 100];
        int passes = 0;
        long begin = System.nanoTime();
        boolean more = true;
        while (more) {
            long start = System.nanoTime();
            more = correlator.pass(TIMERS);
            pauses[passes++] = System.nanoTime() - start;
            if (passes % (COMMIT / TIMERS) == 0) commit(correlator, store);
        }
        commit(correlator, store);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(pauses, 0, passes);
        System.out.printf(
                Locale.ROOT,
                "expired in %,.0f s, %,d passes of %d timers: median %.2f ms, p99 %.2f ms, longest %.1f ms%n",
                seconds,
                passes,
                TIMERS,
                pauses[passes / 2] / 1e6,
                pauses[passes * 99 / 100] / 1e6,
                pauses[passes - 1] / 1e6);
    }

    private void require(Correlator correlator, long expected) {
        long live = correlator.counts(correlation.name()).keys();
        if (live != expected) throw new IllegalStateException("%,d keys, not %,d".formatted(live, expected));
    }

    private static void commit(Correlator correlator, KeyValueStore<Bytes, byte[]> store) {
        correlator.flush();
        store.commit(Map.of());
    }

    private Match match(int number) {
        String name = "process-" + number % keys;
        FieldValue value = FieldValue.of(name);
        List<FieldValue> values = correlation.steps().getFirst().captured().stream()
                .map(field -> value)
                .toList();
        Evidence event = new Evidence(
                "syscall", START + number * 1_000L, "", "node", "events.syscall", 0, number / 500, number % 500, true);
        return new Match(correlation.name(), correlation.structure(), List.of(name), 0, event, values);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    private static String mostResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> "%,d MiB".formatted(Long.parseLong(line.replaceAll("\\D", "")) >> 10))
                .findFirst()
                .orElse("unknown");
    }
}
