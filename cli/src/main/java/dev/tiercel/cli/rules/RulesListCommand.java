package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists rules with priority, tags and description.
@Command(
        name = "list",
        description = {
            "List rules: the defaults, or those of --rules.",
            "Exits 1 if they do not compile; `rules check` shows why."
        })
final class RulesListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only rules with this tag.")
    private String tag = "";

    @Option(names = "--source", paramLabel = "SOURCE", description = "Only rules of this event source.")
    private String source = "";

    @Option(names = "--all", description = "Include disabled rules.")
    private boolean all;

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<RuleFile> files = rules.sources().read();
        Compilation compilation = RuleCompiler.compile(files, CompileOptions.defaults());
        Set<String> enabled = names(compilation);
        PrintWriter out = spec.commandLine().getOut();
        EveryRule.compile(files).ruleSet().ifPresent(set -> print(set, enabled, out));
        if (compilation.successful()) return ExitCode.SUCCESS.number();
        Diagnostics.printErrors(compilation, new Console(spec.commandLine().getErr()));
        return ExitCode.CHECK_FAILED.number();
    }

    private void print(RuleSet set, Set<String> enabled, PrintWriter out) {
        set.rules().stream()
                .filter(rule -> tag.isEmpty() || rule.tags().contains(tag))
                .filter(rule -> source.isEmpty() || rule.source().equals(source))
                .forEach(rule -> print(rule, enabled.contains(rule.name()), out));
        set.correlations().stream()
                .filter(correlation -> tag.isEmpty() || correlation.tags().contains(tag))
                .filter(correlation -> source.isEmpty()
                        || correlation.allSteps().stream()
                                .anyMatch(step -> step.source().equals(source)))
                .forEach(correlation -> print(correlation, enabled.contains(correlation.name()), out));
    }

    private static Set<String> names(Compilation compilation) {
        return compilation
                .ruleSet()
                .map(set -> Stream.concat(
                                set.rules().stream().map(Rule::name),
                                set.correlations().stream().map(Correlation::name))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private void print(Rule rule, boolean enabled, PrintWriter out) {
        if (enabled || all) out.println(print.json() ? json(rule, enabled) : PlainText.line(text(rule, enabled)));
    }

    private void print(Correlation correlation, boolean enabled, PrintWriter out) {
        if (!enabled && !all) return;
        out.println(
                print.json()
                        ? json(correlation, enabled)
                        : PlainText.line(text(
                                correlation.priority().label(),
                                correlation.name(),
                                correlation.type().text(),
                                correlation.tags(),
                                enabled)));
    }

    private static String text(Rule rule, boolean enabled) {
        String source = rule.source().equals(FieldCatalog.SYSCALL) ? "" : rule.source();
        String label = rule.signal() ? "Signal" : rule.priority().label();
        return text(label, rule.name(), source, rule.tags(), enabled);
    }

    private static String text(String label, String name, String kind, Set<String> tags, boolean enabled) {
        return "%-13s  %s%s  [%s]%s"
                .formatted(
                        label,
                        name,
                        kind.isEmpty() ? "" : "  (" + kind + ")",
                        String.join(", ", tags),
                        enabled ? "" : "  off");
    }

    private static String json(Correlation correlation, boolean enabled) {
        return new Json()
                .put("name", correlation.name())
                .put("enabled", enabled)
                .put("correlation", correlation.type().text())
                .put(
                        "steps",
                        correlation.steps().stream().map(CorrelationStep::rule).toList())
                .put("priority", correlation.priority().label())
                .put("tags", correlation.tags())
                .put("description", correlation.description())
                .put("output", correlation.output().toString())
                .put("shadow", correlation.shadow())
                .put("file", correlation.file())
                .put("line", correlation.line())
                .put("hash", correlation.hash())
                .line();
    }

    private static String json(Rule rule, boolean enabled) {
        return new Json()
                .put("name", rule.name())
                .put("enabled", enabled)
                .put("signal", rule.signal())
                .put("shadow", rule.shadow())
                .put("priority", rule.priority().label())
                .put("source", rule.source())
                .put("tags", rule.tags())
                .put("description", rule.description())
                .put("condition", rule.condition())
                .put("output", rule.output())
                .put("capture", rule.capture().enabled())
                .put("capture_duration", rule.capture().millis())
                .put("capture_events", rule.capture().events())
                .put("capture_filesize", rule.capture().fileSize())
                .put("file", rule.file())
                .put("line", rule.line())
                .put("hash", rule.hash())
                .line();
    }
}
