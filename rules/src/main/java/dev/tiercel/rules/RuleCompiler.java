package dev.tiercel.rules;

import dev.tiercel.rules.yaml.RulesReader;
import java.util.List;
import java.util.Optional;

/// Compiles rules files to a rule set, or reports their problems.
public final class RuleCompiler {

    private RuleCompiler() {}

    /// The version of Falco's engine whose language is compiled, `0.63.0`.
    public static String engineVersion() {
        return RulesReader.engineVersion();
    }

    /// Compiles `files` as one, in order: later files see and change what earlier ones define.
    ///
    /// Never throws because of a file's contents: all problems are in the diagnostics, and if any is an error there
    /// is no rule set.
    public static Compilation compile(List<RuleFile> files, CompileOptions options) {
        CheckedFiles loaded = CheckedFiles.of(files, options);
        Optional<RuleSet> rules =
                loaded.failed() ? Optional.empty() : Optional.of(RuleSetBuilder.build(loaded, options));
        return new Compilation(rules, loaded.diagnostics());
    }
}
