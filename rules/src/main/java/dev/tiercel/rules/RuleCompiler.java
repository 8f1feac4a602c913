package dev.tiercel.rules;

import java.util.List;

/// Rules files in, a rule set or its problems out.
public final class RuleCompiler {

    private RuleCompiler() {}

    /// Compiles `files` as one, in order: later files see and change what earlier ones define.
    ///
    /// Never throws for what stands in a file: everything wrong is in the diagnostics, and if any of it is an error
    /// there is no rule set.
    public static Compilation compile(List<RuleFile> files, CompileOptions options) {
        Problems problems = new Problems();
        Definitions definitions = new Definitions(new Exceptions(options.sources()), problems);
        RulesReader reader = new RulesReader(definitions, problems, options.plugins());
        files.forEach(reader::read);
        Checker checker = Checker.check(definitions, options, problems);
        List<Diagnostic> diagnostics =
                problems.sorted(files.stream().map(RuleFile::name).toList());
        if (problems.failed()) {
            return new Compilation(java.util.Optional.empty(), diagnostics);
        }
        return new Compilation(java.util.Optional.of(RuleSetBuilder.build(checker, options)), diagnostics);
    }
}
