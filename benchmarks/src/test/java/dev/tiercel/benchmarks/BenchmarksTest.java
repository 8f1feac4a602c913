package dev.tiercel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tiercel.testkit.Checkout;
import dev.tiercel.testkit.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Each benchmark once, on the smallest fixture that its oracle says something about: a benchmark that is wrong or
/// no longer runs fails here, not on the day that a figure is wanted. The figures of these runs mean nothing.
class BenchmarksTest {
    /// Everything that `bin/bench` lists and JMH does not, and `OpenLoad`, which two of them start.
    private static final Set<String> MAINS = Set.of(
            "AlertLatency",
            "AuditThroughput",
            "CloudTrailImport",
            "CollectorThroughput",
            "CorrelationKeys",
            "CorrelationLatency",
            "CorrelationRecovery",
            "CorrelationThroughput",
            "CorrelationTopology",
            "DetectorScaling",
            "DetectorThroughput",
            "DocumentEvaluation",
            "LiveCost",
            "OpenLoad",
            "RingDrainCpu",
            "RuleEvaluation",
            "SinkThroughput");

    /// Rules and captures of ours under the names that the benchmarks want.
    @TempDir
    private static Path data;

    @BeforeAll
    static void layOutData() throws IOException {
        Path rules = Files.createDirectories(data.resolve("falco-rules/official"));
        List<Path> ours = Corpus.OURS.ruleSet();
        Files.copy(ours.getFirst(), rules.resolve("falco_rules.yaml"));
        Files.copy(ours.getLast(), rules.resolve("falco-incubating_rules.yaml"));
        Files.writeString(rules.resolve("falco-sandbox_rules.yaml"), "- list: none\n  items: []\n");
        Path events = Files.createDirectories(data.resolve("syscall-events"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(events.resolve("session.jsonl.gz")))) {
            Files.copy(Corpus.OURS.events().getFirst(), out);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyJmhBenchmarkRunsOnce() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .distinct()
                .map(name -> dynamicTest(name, () -> runOnce(name)));
    }

    private static void runOnce(String name) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("^" + name.replace(".", "\\.") + "$")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .mode(Mode.SingleShotTime)
                .param("data", data.toString())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        assertThat(new Runner(options).run()).isNotEmpty();
    }

    @Test
    void drainsTheRing() {
        RingDrainCpu.main(new String[] {"1"});
    }

    @Test
    void judgesByBothBackEnds() throws IOException {
        for (String events : List.of("decoded", "captured", "batches")) {
            RuleEvaluation.main(new String[] {
                events, "--data", data.toString(), "--seconds", "0.01", "--compilations", "1", "--gate"
            });
        }
    }

    @Test
    void judgesDocuments() throws IOException {
        DocumentEvaluation.main(new String[] {"--rounds", "1"});
    }

    @Test
    void collects() throws Exception {
        CollectorThroughput.main(new String[] {"1", "warmup=1"});
    }

    @Test
    void correlates() throws IOException {
        new CorrelationKeys(5_000).run();
        CorrelationThroughput.main(new String[] {"--matches", "20000", "--keys", "10", "--rounds", "1"});
    }

    @Test
    void detects() throws Exception {
        new DetectorThroughput(40_000, 200, List.of()).run();
    }

    @Test
    void correlatesThroughTheTopology() throws Exception {
        new CorrelationTopology(20_000, "evt.hostname, proc.pid").run();
        new CorrelationLatency(3, 100).run();
    }

    @Test
    void importsCloudTrail() throws Exception {
        new CloudTrailImport(3_500).run();
    }

    @Test
    void judgesWhatAnApiServerPosts() throws Exception {
        new AuditThroughput(4_000, 0).run();
    }

    @Test
    void delivers() throws Exception {
        new SinkThroughput(2_000, 20).run();
    }

    @Test
    void noneIsMissingHere() throws IOException {
        Set<String> mains = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Checkout.root().resolve("benchmarks/src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (Files.readString(file).contains("static void main(")) mains.add(name);
            }
        }
        assertThat(mains).isEqualTo(MAINS);
    }
}
