package dev.tiercel.cli;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Rule;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists rules with priority, tags and description.
@Command(
        name = "list",
        description = {
            "List rules: our defaults, or those of --rules.",
            "Answers no (1) if they do not compile; `rules check` says why."
        })
final class RulesListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only rules with this tag.")
    private String tag = "";

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<RuleFile> files = rules.sources().read();
        Compilation compilation = RuleCompiler.compile(files, CompileOptions.defaults());
        PrintWriter out = spec.commandLine().getOut();
        compilation
                .ruleSet()
                .ifPresent(set -> set.rules().stream()
                        .filter(rule -> tag.isEmpty() || rule.tags().contains(tag))
                        .forEach(rule -> out.println(print.json() ? json(rule) : text(rule))));
        if (compilation.successful()) return ExitCode.DONE.number();
        Talk talk = new Talk(spec.commandLine().getErr());
        compilation.diagnostics(Severity.ERROR).forEach(diagnostic -> talk.say(diagnostic.summary()));
        return ExitCode.NO.number();
    }

    private static String text(Rule rule) {
        return "%-13s  %s  [%s]".formatted(rule.priority().label(), rule.name(), String.join(", ", rule.tags()));
    }

    private static String json(Rule rule) {
        return new Json()
                .put("name", rule.name())
                .put("priority", rule.priority().label())
                .put("source", rule.source())
                .put("tags", rule.tags())
                .put("description", rule.description())
                .put("condition", rule.condition())
                .put("output", rule.output())
                .put("file", rule.file())
                .put("line", rule.line())
                .put("hash", rule.hash())
                .line();
    }
}
