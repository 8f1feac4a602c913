package dev.tiercel.benchmarks;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Evaluator;
import dev.tiercel.rules.MatchHandler;
import dev.tiercel.rules.Rule;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.field.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How many events a second one core judges by all the rules of some files.
///
/// `java -cp … dev.tiercel.benchmarks.RuleEvaluation RULES… [--events FILE.jsonl.gz…] [--seconds N]`
///
/// Two workloads. *Decoded*: events of real captures, given as fields, held decoded in arrays: the rules alone are
/// timed.
/// *Batches*: [SyscallMix] through the batch cursor and `SyscallRow`: what the detector does between Kafka and its
/// alerts.
/// Time is CPU time of the thread, so that other work on the machine disturbs less. First every rule, compiled alone,
/// must
/// match exactly the events that the whole set says. Target: 300,000 events a second with Falco's three files.
public final class RuleEvaluation {

    private static final long NANOS = 1_000_000_000L;

    private final List<RuleFile> files;
    private final double seconds;

    private RuleEvaluation(List<RuleFile> files, double seconds) {
        this.files = files;
        this.seconds = seconds;
    }

    /// A fixed run of events that can be walked again and again.
    interface Workload {
        /// Walks all events once.
        void walk(Visitor visitor);

        int events();
    }

    /// Is shown the row at each event.
    interface Visitor {
        void at(Row row);
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException {
        List<RuleFile> rules = new ArrayList<>();
        List<Path> captures = new ArrayList<>();
        double seconds = 5;
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean events = false;
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--events" -> events = true;
                case "--seconds" -> seconds = Double.parseDouble(words.get(++i));
                default -> {
                    Path path = Path.of(words.get(i));
                    if (events) {
                        captures.add(path);
                    } else {
                        rules.add(new RuleFile(path.getFileName().toString(), Files.readString(path)));
                    }
                }
            }
        }
        new RuleEvaluation(rules, seconds).run(captures);
    }

    private void run(List<Path> captures) throws IOException {
        RuleSet all = compile(CompileOptions.defaults().withMatching(RuleMatching.ALL));
        System.out.printf(
                Locale.ROOT,
                "%s, %d fields, %d event types%n",
                all,
                all.slots().size(),
                all.eventTypes().size());
        measureCompilation();
        if (!captures.isEmpty()) {
            DecodedEvents decoded = DecodedEvents.read(captures, all.slots());
            gate(decoded, all, set -> DecodedEvents.of(decoded, set.slots()));
            measure("decoded", decoded, all);
        }
        BatchEvents batches = new BatchEvents(all.slots(), 200, 2_000);
        gate(batches, all, set -> new BatchEvents(set.slots(), 200, 2_000));
        measure("batches of 200", batches, all);
        measureReading(batches);
    }

    private RuleSet compile(CompileOptions options) {
        Compilation compilation = RuleCompiler.compile(files, options);
        return compilation
                .ruleSet()
                .orElseThrow(() ->
                        new IllegalStateException(compilation.diagnostics().toString()));
    }

    private void measureCompilation() {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = cpuNanos();
            compile(CompileOptions.defaults());
            best = Math.min(best, (cpuNanos() - start) / 1e6);
        }
        System.out.printf(Locale.ROOT, "compiling: %.0f ms of CPU, warm%n", best);
    }

    /// Makes the same workload for the slots of another rule set.
    private interface SameEvents {
        Workload forRules(RuleSet rules);
    }

    private void gate(Workload workload, RuleSet all, SameEvents same) {
        long[] counts = counts(workload, all);
        long matches = 0;
        for (Rule rule : all.rules()) {
            RuleSet alone = compile(CompileOptions.defaults()
                    .withSelections(List.of(
                            new RuleSelection.ByName(false, "*"), new RuleSelection.ByName(true, rule.name()))));
            long count = counts(same.forRules(alone), alone)[0];
            if (count != counts[rule.index()]) {
                throw new IllegalStateException(
                        "rule=" + rule + " alone=" + count + " among others=" + counts[rule.index()]);
            }
            matches += count;
        }
        System.out.printf(
                Locale.ROOT, "each rule alone agrees: %,d matches in %,d events%n", matches, workload.events());
    }

    private static long[] counts(Workload workload, RuleSet rules) {
        long[] counts = new long[Math.max(1, rules.rules().size())];
        Evaluator evaluator = rules.newEvaluator(CompileOptions.SYSCALL);
        workload.walk(row -> evaluator.evaluate(row, rule -> counts[rule.index()]++));
        return counts;
    }

    private void measure(String name, Workload workload, RuleSet all) {
        Evaluator evaluator = compile(CompileOptions.defaults()).newEvaluator(CompileOptions.SYSCALL);
        long[] matches = new long[1];
        MatchHandler count = rule -> matches[0]++;
        time(name + ", first match", workload, row -> evaluator.evaluate(row, count));
        Evaluator every = all.newEvaluator(CompileOptions.SYSCALL);
        time(name + ", all matches", workload, row -> every.evaluate(row, count));
    }

    /// The cursor and the row alone: what is left of the time when no rule is evaluated.
    private void measureReading(Workload workload) {
        long[] sum = new long[1];
        time("batches, no rules", workload, row -> sum[0] += row.eventType() + row.processToken());
    }

    private void time(String name, Workload workload, Visitor visitor) {
        run(workload, visitor, seconds);
        double[] nanos = new double[5];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = run(workload, visitor, seconds / nanos.length);
        }
        Arrays.sort(nanos);
        long before = allocated();
        workload.walk(visitor);
        double bytes = (double) (allocated() - before) / workload.events();
        System.out.printf(
                Locale.ROOT,
                "%-28s %,12.0f events/s  (%.0f ns an event, %.0f to %.0f; %.0f bytes allocated)%n",
                name,
                NANOS / nanos[nanos.length / 2],
                nanos[nanos.length / 2],
                nanos[0],
                nanos[nanos.length - 1],
                bytes);
    }

    /// CPU nanoseconds an event.
    private static double run(Workload workload, Visitor visitor, double seconds) {
        long start = cpuNanos();
        long end = start + (long) (seconds * NANOS);
        long events = 0;
        long now = start;
        while (now < end) {
            workload.walk(visitor);
            events += workload.events();
            now = cpuNanos();
        }
        return (double) (now - start) / events;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
