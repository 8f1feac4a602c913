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

/// Events per second judged by one core, with closures and with generated code.
///
/// `bin/bench Rule -prof gc -p data=DIRECTORY`; `gc.alloc.rate.norm` is bytes per event. An operation is one of a
/// million events. *decoded*: real captures, held decoded ([DecodedEvents]): the rules alone. *captured*: the same in
/// batches, through the cursor and its row: what the detector does. *batches*: [SyscallMix] in the same way. Rules:
/// `stable` (Falco's own file), `all` (with incubating and sandbox), `default` (ours), `synthetic` ([SyntheticRules], a
/// thousand). Both back ends must give the same matches before anything is timed.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleBenchmark {

    private static final int EVENTS = 1_000_000;

    /// The back end.
    @Param({"CLOSURES", "GENERATED"})
    public BackEnd backEnd = BackEnd.GENERATED;

    /// The rules.
    @Param({"stable", "all", "synthetic"})
    public String rules = "all";

    /// The source of the events.
    @Param({"decoded", "captured", "batches"})
    public String events = "decoded";

    /// Directory with `falco-rules/official/*.yaml` and `syscall-events/*.jsonl.gz`.
    @Param(RuleFixtures.DATA)
    public String data = RuleFixtures.DATA;

    private RuleEvaluation.Workload workload = visitor -> {};
    private RuleEvaluation.Visitor judge = row -> {};
    private long matches;

    /// Compiles the rules and creates the events.
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
