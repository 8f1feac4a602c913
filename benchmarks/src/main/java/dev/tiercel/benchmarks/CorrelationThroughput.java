package dev.tiercel.benchmarks;

import dev.tiercel.correlation.Budget;
import dev.tiercel.correlation.Correlator;
import dev.tiercel.correlation.Grace;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.MemoryStore;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How many matches a second one core correlates in the engine, without Kafka, in order; CPU time. Then what a pass
/// of timers costs when nothing is due, and what a key takes on the heap and in the store.
///
/// `bin/bench CorrelationThroughput [--matches N] [--keys N] [--rounds N]`
///
/// A million events a second of event time, on one key or on `--keys` in turn; the clock and a pass of timers each
/// 1,000 matches, states written each 100,000. The number of alerts must be right before anything is timed.
public final class CorrelationThroughput {
    /// Of each kind, and never reached.
    private static final Budget BUDGET =
            new Budget(1_000_000_000, Long.MAX_VALUE, 1_000_000_000, Duration.ofMinutes(1));

    private static final int CHUNK = 100_000;
    private static final int CLOCK = 1_000;
    private static final long START = 1_800_000_000_000_000_000L;

    private static final String RULES = """
            - {signal: A, source: syscall, condition: evt.type = open}
            - {signal: B, source: syscall, condition: evt.type = close}
            - {correlation: event_count, type: event_count, rules: A, group-by: [proc.name], timespan: 1m,
               condition: {gte: 1000}, desc: d, output: "%correlation.count", priority: NOTICE}
            - {correlation: value_count, type: value_count, rules: A, group-by: [proc.name], timespan: 1m,
               condition: {gte: 1000, field: fd.name}, desc: d, output: "%correlation.count", priority: NOTICE}
            - {correlation: temporal_ordered, type: temporal_ordered, rules: [A, B], group-by: [proc.name], timespan: 1m,
               desc: d, output: "%step1.fd.name", priority: NOTICE}
            """;

    private final int matches;
    private final int keys;
    private final int rounds;
    private final List<Correlation> correlations = RuleFixtures.compile(
                    List.of(new RuleFile("correlations.yaml", RULES)), CompileOptions.defaults())
            .correlations();

    private CorrelationThroughput(int matches, int keys, int rounds) {
        this.matches = matches;
        this.keys = keys;
        this.rounds = rounds;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) {
        int matches = 3_000_000;
        int keys = 100_000;
        int rounds = 5;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            int value = Integer.parseInt(arguments[i + 1]);
            switch (arguments[i]) {
                case "--matches" -> matches = value;
                case "--keys" -> keys = value;
                case "--rounds" -> rounds = value;
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        new CorrelationThroughput(matches, keys, rounds).run();
    }

    private void run() {
        for (Correlation correlation : correlations) {
            for (int spread : new int[] {1, keys}) time(correlation, spread);
        }
        pass();
    }

    private void time(Correlation correlation, int spread) {
        double[] nanos = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            Load load = new Load(correlation, spread);
            double spent = load.nanosAMatch(matches);
            load.check(matches);
            nanos[Math.max(round, 0)] = spent;
        }
        Arrays.sort(nanos);
        double median = nanos[rounds / 2];
        System.out.printf(
                Locale.ROOT,
                "%-17s %7d keys: %,10.0f matches/s, %.0f ns each%n",
                correlation.name(),
                spread,
                1e9 / median,
                median);
    }

    /// Ten matches for each of ten times as many keys; then passes while the clock stands nearly still.
    private void pass() {
        int many = 10 * keys;
        Load load = new Load(correlations.getFirst(), many);
        long before = usedHeap();
        for (int first = 0; first < many; first += CHUNK) load.feed(first, Math.min(CHUNK, many - first));
        long heap = usedHeap() - before;
        load.correlator.flush();
        long stored = load.correlator.counts(load.correlation.name()).bytes();
        double[] micros = new double[1_000];
        for (int i = 0; i < micros.length; i++) {
            long start = System.nanoTime();
            load.clock(many + i);
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "timer pass, nothing due, %,d keys: median %.1f us, p99 %.1f us%n",
                many,
                micros[micros.length / 2],
                micros[micros.length * 99 / 100]);
        System.out.printf(
                Locale.ROOT,
                "a key with one match: %d bytes of heap while decoded, store and timers included; its state %d bytes%n",
                heap / many,
                stored / many);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// A correlator and what it is fed.
    private static final class Load {
        private final Correlation correlation;
        private final int spread;
        private final Correlator correlator;
        private final List<List<String>> keys = new ArrayList<>();
        private final FieldValue[] texts = new FieldValue[1_000];
        private final CountedAlerts output = new CountedAlerts();

        Load(Correlation correlation, int spread) {
            this.correlation = correlation;
            this.spread = spread;
            for (int key = 0; key < spread; key++) keys.add(List.of("key" + key));
            for (int text = 0; text < texts.length; text++) texts[text] = FieldValue.of("/some/file/" + text);
            correlator = new Correlator(new MemoryStore(), Grace.defaults(), BUDGET, output, 4L << 30);
            correlator.plans(List.of(correlation), List.of());
        }

        double nanosAMatch(int count) {
            long spent = 0;
            for (int first = 0; first < count; first += CHUNK) spent += feed(first, Math.min(CHUNK, count - first));
            return (double) spent / count;
        }

        private long feed(int first, int count) {
            List<Match> chunk = new ArrayList<>(count);
            for (int i = 0; i < count; i++) chunk.add(match(first + i));
            long start = cpuNanos();
            for (int i = 0; i < count; i++) {
                correlator.match(chunk.get(i));
                if (i % CLOCK == CLOCK - 1) clock(first + i);
            }
            correlator.flush();
            return cpuNanos() - start;
        }

        private void clock(int number) {
            correlator.clock("syscall", 0, 1, START + number * 1_000L);
            while (correlator.pass(1_000)) {}
        }

        private Match match(int number) {
            List<String> key = keys.get(number % spread);
            boolean last = number / spread % texts.length == texts.length - 1;
            int stepNumber = last ? correlation.steps().size() - 1 : 0;
            CorrelationStep step = correlation.steps().get(stepNumber);
            FieldValue name = FieldValue.of(key.getFirst());
            List<FieldValue> values = new ArrayList<>();
            for (int i = 0; i < step.captured().size(); i++) {
                values.add(step.key().contains(i) ? name : texts[number / spread % texts.length]);
            }
            Evidence event = new Evidence(
                    "syscall",
                    START + number * 1_000L,
                    "",
                    "node",
                    "events.syscall",
                    0,
                    number / 500,
                    number % 500,
                    true);
            return new Match(correlation.name(), correlation.structure(), key, stepNumber, event, values);
        }

        /// An alert each 1,000 matches of a key.
        void check(int count) {
            long expected = 0;
            for (int key = 0; key < Math.min(spread, count); key++)
                expected += ((count - key - 1) / spread + 1) / texts.length;
            if (output.alerts() != expected) {
                throw new IllegalStateException(
                        "%s: %d alerts, not %d".formatted(correlation.name(), output.alerts(), expected));
            }
        }

        private static long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
