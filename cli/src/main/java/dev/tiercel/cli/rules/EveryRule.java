package dev.tiercel.cli.rules;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSelection;
import java.util.List;

/// Rules files compiled with every rule on, to speak of those that are off, too.
final class EveryRule {
    private EveryRule() {}

    static Compilation compile(List<RuleFile> files) {
        return RuleCompiler.compile(
                files, CompileOptions.defaults().withSelections(List.of(new RuleSelection.ByName(true, "*"))));
    }
}
