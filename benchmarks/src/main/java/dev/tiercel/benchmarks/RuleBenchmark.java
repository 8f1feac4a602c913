package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Events that one core judges a second, by closures and by generated code.
///
/// `bin/bench Rule -prof gc -p data=DIRECTORY`; `gc.alloc.rate.norm` is bytes per event. An operation is one of a
/// million events. *decoded*: real captures, held decoded ([DecodedEvents]): the rules alone. *batches*:
/// [SyscallMix] through the cursor and its row: what the detector does. Rules: `stable` (Falco's own file), `all`
/// (with incubating and sandbox), `synthetic` ([SyntheticRules], a thousand). Both back ends must give the same
/// matches before anything is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleBenchmark {

    private static final int EVENTS = 1_000_000;

    /// What the rules become.
    @Param({"CLOSURES", "GENERATED"})
    public BackEnd backEnd = BackEnd.GENERATED;

    /// Which rules.
    @Param({"stable", "all", "synthetic"})
    public String rules = "all";

    /// Where the events come from.
    @Param({"decoded", "batches"})
    public String events = "decoded";

    /// Directory with `falco-rules/official/*.yaml` and `syscall-events/*.jsonl.gz`.
    @Param(RuleFixtures.DATA)
    public String data = RuleFixtures.DATA;

    private RuleEvaluation.Workload workload = visitor -> {};
    private RuleEvaluation.Visitor judge = row -> {};
    private long matches;

    /// Compiles the rules and makes the events.
    @Setup
    public void compile() throws IOException {
        RuleFixtures fixtures = new RuleFixtures(data);
        List<RuleFile> files = fixtures.rules(rules);
        RuleSet set = RuleFixtures.compile(
                files, CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd));
        RuleSet reference = RuleFixtures.compile(
                files, CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(BackEnd.CLOSURES));
        workload = fixtures.workload(events, set.slots());
        long expected = RuleFixtures.fingerprint(fixtures.workload(events, reference.slots()), reference);
        if (RuleFixtures.fingerprint(workload, set) != expected) {
            throw new IllegalStateException(backEnd + " decides otherwise than closures");
        }
        Evaluator evaluator = set.newEvaluator(FieldCatalog.SYSCALL);
        MatchHandler count = rule -> matches++;
        judge = row -> evaluator.evaluate(row, count);
    }

    /// One pass over all events.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long judge() {
        workload.walk(judge);
        return matches;
    }
}
