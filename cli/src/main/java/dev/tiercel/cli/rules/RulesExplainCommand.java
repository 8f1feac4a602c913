package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.ruletools.CorrelationExplainer;
import dev.tiercel.ruletools.CorrelationExplanation;
import dev.tiercel.ruletools.Explainer;
import dev.tiercel.ruletools.RuleExplanation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Explains one rule, signal or correlation.
@Command(
        name = "explain",
        description = {
            "Explain a rule, signal or correlation: where it is defined, its expanded and compiled condition, the fields and event types it uses,"
                    + " and what a sensor must collect for it.",
            "Exits 1 if the rules do not compile; `rules check` shows why."
        })
final class RulesExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RULE", description = "Its name; goes before --rules.")
    private String name = "";

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<RuleFile> files = rules.sources().read();
        Compilation compilation = EveryRule.compile(files);
        Optional<RuleSet> set = compilation.ruleSet();
        if (set.isEmpty()) {
            Diagnostics.printErrors(compilation, new Console(spec.commandLine().getErr()));
            return ExitCode.CHECK_FAILED.number();
        }
        boolean enabled = RuleCompiler.compile(files, CompileOptions.defaults())
                .ruleSet()
                .filter(on -> on.rule(name).isPresent() || on.correlation(name).isPresent())
                .isPresent();
        Colours colours = Colours.of(spec.commandLine());
        String text = set.get()
                .correlation(name)
                .map(correlation -> text(CorrelationExplainer.explain(set.get(), correlation), enabled, colours))
                .orElseGet(() -> text(Explainer.explain(set.get(), wanted(set.get())), enabled, colours));
        spec.commandLine().getOut().println(text);
        return ExitCode.SUCCESS.number();
    }

    private String text(RuleExplanation explained, boolean enabled, Colours colours) {
        return print.json()
                ? ExplanationPrinter.json(explained, enabled)
                : ExplanationPrinter.text(explained, enabled, colours);
    }

    private String text(CorrelationExplanation explained, boolean enabled, Colours colours) {
        return print.json()
                ? CorrelationPrinter.json(explained, enabled)
                : CorrelationPrinter.text(explained, enabled, colours);
    }

    private Rule wanted(RuleSet set) {
        return set.rule(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no rule, signal or correlation named '%s'%s".formatted(name, hint(set.suggestion(name)))));
    }

    private static String hint(String suggestion) {
        return suggestion.isEmpty() ? "" : "; " + suggestion;
    }
}
