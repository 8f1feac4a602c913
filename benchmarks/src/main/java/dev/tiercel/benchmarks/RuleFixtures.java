package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Rules and events of the rule benchmarks.
final class RuleFixtures {

    /// Default location of the inputs: beside the checkout.
    static final String DATA = "../shared/data";

    /// Rules of the synthetic file.
    static final int SYNTHETIC = 1_000;

    /// Events of a workload: a million, unless a test wants fewer; a multiple of [#BATCH].
    static final int EVENTS = Integer.getInteger("tiercel.benchmark.events", 1_000_000);

    static final int BATCH = 200;
    private static final List<String> STABLE = List.of("falco_rules.yaml");
    private static final List<String> ALL =
            List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");

    private final Path data;

    /// @param data absolute, or relative to the checkout
    RuleFixtures(String data) {
        this.data = Path.of(System.getProperty("tiercel.root", "")).resolve(data);
    }

    /// The rules files `stable`, `all` or `synthetic`.
    List<RuleFile> rules(String name) {
        return switch (name) {
            case "stable" -> STABLE.stream().map(this::official).toList();
            case "all" -> ALL.stream().map(this::official).toList();
            case "synthetic" -> List.of(SyntheticRules.file(SYNTHETIC));
            default -> throw new IllegalArgumentException("rules=" + name);
        };
    }

    private RuleFile official(String name) {
        try {
            return new RuleFile(
                    name, Files.readString(data.resolve("falco-rules/official").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// [#EVENTS] events: `decoded` or `batches`.
    RuleEvaluation.Workload workload(String name, FieldSlots slots) throws IOException {
        return switch (name) {
            case "decoded" -> DecodedEvents.read(captures(), slots);
            case "batches" -> new BatchEvents(slots, BATCH, EVENTS / BATCH);
            default -> throw new IllegalArgumentException("events=" + name);
        };
    }

    private List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("syscall-events"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }

    static RuleSet compile(List<RuleFile> files, CompileOptions options) {
        Compilation compilation = RuleCompiler.compile(files, options);
        return compilation
                .ruleSet()
                .orElseThrow(() ->
                        new IllegalStateException(compilation.diagnostics().toString()));
    }

    /// A checksum over every match and its position.
    static long fingerprint(RuleEvaluation.Workload workload, RuleSet rules) {
        long[] state = new long[2];
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        workload.walk(row -> {
            state[0]++;
            evaluator.evaluate(row, rule -> state[1] = (state[1] * 31 + state[0]) * 31 + rule.index());
        });
        return state[1];
    }
}
