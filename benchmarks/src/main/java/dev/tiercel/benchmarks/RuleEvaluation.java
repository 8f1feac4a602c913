package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// CPU time per event and per compilation: less sensitive to other load on the machine than [RuleBenchmark].
///
/// `bin/bench RuleEvaluation [decoded|captured|batches] [--data DIRECTORY] [--seconds N] [--compilations N] [--gate]`
///
/// Falco's stable file, its three files, our default rules and a thousand synthetic rules, each by closures and by
/// generated code, over a million events (as in [RuleBenchmark]); then what costs how many times as much as something
/// else, measured in turns. Both back ends must give the same matches; with `--gate` every rule, compiled alone, must
/// match the same events as in the whole set.
public final class RuleEvaluation {

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;
    private static final int ROUNDS_A_SECOND = 6;

    private final RuleFixtures fixtures;
    private final String events;
    private final double seconds;

    private RuleEvaluation(RuleFixtures fixtures, String events, double seconds) {
        this.fixtures = fixtures;
        this.events = events;
        this.seconds = seconds;
    }

    /// A fixed sequence of events that can be walked repeatedly.
    interface Workload {
        /// Walks all events once.
        void walk(Visitor visitor);

        /// Number of events.
        default int events() {
            int[] count = new int[1];
            walk(row -> count[0]++);
            return count[0];
        }
    }

    /// Receives the row at each event.
    interface Visitor {
        void at(Row row);
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException {
        String events = "decoded";
        String data = RuleFixtures.DATA;
        double seconds = 2;
        int compilations = 20;
        boolean gate = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--data" -> data = arguments[++i];
                case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
                case "--compilations" -> compilations = Integer.parseInt(arguments[++i]);
                case "--gate" -> gate = true;
                default -> events = arguments[i];
            }
        }
        RuleEvaluation evaluation = new RuleEvaluation(new RuleFixtures(data), events, seconds);
        evaluation.measureCompilation(compilations);
        if (gate) {
            evaluation.gate();
        }
        evaluation.measure();
        evaluation.compare();
    }

    private void measureCompilation(int compilations) {
        List<RuleFile> all = fixtures.rules("all");
        long wall = System.nanoTime();
        long cpu = cpuNanos();
        RuleSet set = RuleFixtures.compile(all, CompileOptions.defaults());
        System.out.printf(
                Locale.ROOT,
                "compiling, cold: %,.0f ms (%,.0f ms of this thread's CPU); %s, %d fields, %d event types%n",
                (System.nanoTime() - wall) / MILLIS,
                (cpuNanos() - cpu) / MILLIS,
                set,
                set.slots().size(),
                set.eventTypes().size());
        for (BackEnd backEnd : BackEnd.values()) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < compilations; i++) {
                long start = cpuNanos();
                RuleFixtures.compile(all, CompileOptions.defaults().withBackEnd(backEnd));
                best = Math.min(best, (cpuNanos() - start) / MILLIS);
            }
            System.out.printf(Locale.ROOT, "compiling, warm, %s: %.0f ms of CPU%n", lower(backEnd), best);
        }
    }

    private static CompileOptions all(BackEnd backEnd) {
        return CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd);
    }

    private void gate() throws IOException {
        List<RuleFile> files = fixtures.rules("all");
        RuleSet all = RuleFixtures.compile(files, all(BackEnd.GENERATED));
        Workload workload = fixtures.workload(events, all.slots());
        long[] counts = counts(workload, all);
        for (Rule rule : all.rules()) {
            RuleSet alone = RuleFixtures.compile(
                    files,
                    all(BackEnd.CLOSURES)
                            .withSelections(List.of(
                                    new RuleSelection.ByName(false, "*"),
                                    new RuleSelection.ByName(true, rule.name()))));
            long count = counts(forSlots(workload, alone.slots()), alone)[0];
            if (count != counts[rule.index()]) {
                throw new IllegalStateException(
                        "rule=" + rule + " alone=" + count + " among others=" + counts[rule.index()]);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "each rule alone agrees: %,d matches%n",
                Arrays.stream(counts).sum());
    }

    private Workload forSlots(Workload workload, FieldSlots slots) throws IOException {
        return workload instanceof DecodedEvents decoded ? decoded.forSlots(slots) : fixtures.workload(events, slots);
    }

    private static long[] counts(Workload workload, RuleSet rules) {
        long[] counts = new long[Math.max(1, rules.rules().size())];
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        workload.walk(row -> evaluator.evaluate(row, rule -> counts[rule.index()]++));
        return counts;
    }

    private void measure() throws IOException {
        Map<BackEnd, Double> nanosOfAll = new EnumMap<>(BackEnd.class);
        for (String name : List.of("stable", "all", "default", "synthetic")) {
            List<RuleFile> files = fixtures.rules(name);
            RuleSet reference = RuleFixtures.compile(files, all(BackEnd.CLOSURES));
            Workload workload = fixtures.workload(events, reference.slots());
            long expected = RuleFixtures.fingerprint(workload, reference);
            for (BackEnd backEnd : BackEnd.values()) {
                RuleSet rules = RuleFixtures.compile(files, all(backEnd));
                if (RuleFixtures.fingerprint(forSlots(workload, rules.slots()), rules) != expected) {
                    throw new IllegalStateException(backEnd + " decides otherwise than closures");
                }
                double nanos =
                        time(name + " (" + rules.rules().size() + " rules), " + lower(backEnd), workload, judge(rules));
                if (name.equals("all")) {
                    nanosOfAll.put(backEnd, nanos);
                } else if (name.equals("synthetic")) {
                    System.out.printf(
                            Locale.ROOT,
                            "synthetic: %.2f times the cost of all, %s%n",
                            nanos / nanosOfAll.getOrDefault(backEnd, Double.NaN),
                            lower(backEnd));
                }
            }
        }
    }

    private void compare() throws IOException {
        Judged all = judged("all", events);
        if (!events.equals("decoded")) {
            Judged decoded = judged("all", "decoded");
            System.out.printf(
                    Locale.ROOT, "all, %s: %.2f times the cost of decoded captures%n", events, ratio(decoded, all));
        }
        System.out.printf(
                Locale.ROOT,
                "default: %.2f times the cost of the same rules trusting names%n",
                ratio(judged("by-name", events), judged("default", events)));
    }

    private Judged judged(String rules, String source) throws IOException {
        RuleSet set = RuleFixtures.compile(fixtures.rules(rules), all(BackEnd.GENERATED));
        return new Judged(fixtures.workload(source, set.slots()), judge(set));
    }

    private record Judged(Workload workload, Visitor visitor) {
        double nanos(int count) {
            return run(workload, count, visitor, 0);
        }
    }

    /// CPU time of the second divided by that of the first, the median of rounds in turn.
    private double ratio(Judged first, Judged second) {
        int count = first.workload.events();
        int rounds = Math.max(1, (int) (seconds * ROUNDS_A_SECOND));
        double[] ratios = new double[rounds];
        for (int i = -rounds / 2; i < rounds; i++) {
            double before = first.nanos(count);
            double ratio = second.nanos(count) / before;
            if (i >= 0) {
                ratios[i] = ratio;
            }
        }
        Arrays.sort(ratios);
        return ratios[rounds / 2];
    }

    private static Visitor judge(RuleSet rules) {
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        long[] matches = new long[1];
        MatchHandler count = rule -> matches[0]++;
        return row -> evaluator.evaluate(row, count);
    }

    private static String lower(BackEnd backEnd) {
        return backEnd.name().toLowerCase(Locale.ROOT);
    }

    /// Nanoseconds per event, the median of five.
    private double time(String name, Workload workload, Visitor visitor) {
        int count = workload.events();
        run(workload, count, visitor, seconds);
        double[] nanos = new double[5];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = run(workload, count, visitor, seconds / nanos.length);
        }
        Arrays.sort(nanos);
        long before = allocated();
        workload.walk(visitor);
        double bytes = (double) (allocated() - before) / count;
        double median = nanos[nanos.length / 2];
        System.out.printf(
                Locale.ROOT,
                "%-40s %,12.0f events/s  (%.0f ns an event, %.0f to %.0f; %.2f bytes allocated)%n",
                name,
                NANOS / median,
                median,
                nanos[0],
                nanos[nanos.length - 1],
                bytes);
        return median;
    }

    /// CPU nanoseconds per event.
    private static double run(Workload workload, int count, Visitor visitor, double seconds) {
        long start = cpuNanos();
        long end = start + (long) (seconds * NANOS);
        long events = 0;
        long now;
        do {
            workload.walk(visitor);
            events += count;
            now = cpuNanos();
        } while (now < end);
        return (double) (now - start) / events;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
