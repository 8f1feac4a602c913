package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.DefaultRules;
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
    private static final int SCRIPT_LEVELS = 6;
    private static final List<String> STABLE = List.of("falco_rules.yaml");
    private static final List<String> ALL =
            List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml");

    private final Path data;

    /// @param data absolute, or relative to the checkout
    RuleFixtures(String data) {
        this.data = Path.of(System.getProperty("tiercel.root", "")).resolve(data);
    }

    /// The rules files `stable`, `all`, `default` (ours), `by-name` (ours, trusting names) or `synthetic`.
    List<RuleFile> rules(String name) {
        return switch (name) {
            case "stable" -> STABLE.stream().map(this::official).toList();
            case "all" -> ALL.stream().map(this::official).toList();
            case "default" -> DefaultRules.files();
            case "by-name" -> byName();
            case "synthetic" -> List.of(SyntheticRules.file(SYNTHETIC));
            default -> throw new IllegalArgumentException("rules=" + name);
        };
    }

    /// The default rules without their question whether a program is what its name says, and whose script an
    /// ancestor is: what the question costs is the difference.
    private static List<RuleFile> byName() {
        StringBuilder macros = new StringBuilder("- {macro: genuine, condition: proc.pid >= 0}\n");
        macros.append("- {macro: genuine_parent, condition: proc.pid >= 0}\n");
        for (int level = 1; level <= SCRIPT_LEVELS; level++) {
            macros.append("- {macro: ancestor_is_script_%d, condition: proc.pid >= 0}%n".formatted(level));
        }
        return Stream.concat(DefaultRules.files().stream(), Stream.of(new RuleFile("by-name.yaml", macros.toString())))
                .toList();
    }

    private RuleFile official(String name) {
        try {
            return new RuleFile(
                    name, Files.readString(data.resolve("falco-rules/official").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// [#EVENTS] events: `decoded`, `captured` or `batches`.
    RuleEvaluation.Workload workload(String name, FieldSlots slots) throws IOException {
        return switch (name) {
            case "decoded" -> DecodedEvents.read(captures(), slots);
            case "captured" -> new BatchEvents(slots, CapturedBatches.records(DecodedEvents.exits(captures())));
            case "batches" -> new BatchEvents(slots, BatchEvents.mixed(BATCH, EVENTS / BATCH));
            default -> throw new IllegalArgumentException("events=" + name);
        };
    }

    List<Path> captures() throws IOException {
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
